// What a setting that is searched is called.

import { catalogue, t } from './i18n.js';

/** @param {string} key @param {string} loss */
export function settingTitle(key, loss) {
  if (!key.startsWith('weight.')) return catalogue.settings[key]?.title ?? key;
  const term = key.slice('weight.'.length);
  const holders = [catalogue.losses[loss], ...Object.values(catalogue.auxiliaries)];
  const name = holders.flatMap((holder) => holder?.terms ?? []).find((each) => each.key === term)?.name ?? term;
  return t('lab.weightOf', { name });
}

/** A value as it stands beside an axis. @param {number | string} value */
export const valueText = (value) => (typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value));
