// The chart's tools: a switch for each curve, smoothing, which panel stands below, the table, the zoom's way back.

import { label, swatch } from './chart-tip.js';
import { make, setText } from './dom.js';
import { playerName } from './game.js';
import { t } from './i18n.js';
import { lighting } from './term-light.js';

export const SPANS = [1, 5, 10, 20, 50, 100, 200, 500];

/** @param {{smooth: (span: number) => void, table: (on: boolean) => void, reset: () => void}} act @param {number} span */
export function toolbar(act, span) {
  const told = make('output');
  const slider = make('input.aigc-range', {
    type: 'range', min: 0, max: SPANS.length - 1, step: 1, value: SPANS.indexOf(span), 'aria-label': t('chart.smoothing'),
    oninput: () => {
      tell();
      act.smooth(SPANS[slider.value]);
    },
  });
  const tell = () => {
    const chosen = SPANS[slider.value];
    setText(told, chosen === 1 ? t('chart.smoothingOff') : t('chart.smoothingSteps', { n: chosen }));
    slider.setAttribute('aria-valuetext', told.textContent);
    slider.style.setProperty('--aigc-filled', `${(100 * slider.value) / (SPANS.length - 1)}%`);
  };
  tell();
  const reset = make('button.aigc-quiet', { type: 'button', onclick: act.reset, style: 'visibility:hidden' }, t('chart.reset'));
  const table = make('button.aigc-quiet', { type: 'button', 'aria-pressed': false, onclick: () => {
    const on = table.getAttribute('aria-pressed') !== 'true';
    table.setAttribute('aria-pressed', on);
    act.table(on);
  } }, t('chart.table'));
  const element = make('div.aigc-tools', {},
    make('label.aigc-smoothing', {}, make('span', {}, t('chart.smoothing')), slider, told),
    make('span.aigc-caption', {}, t('chart.help')), reset, table);
  return { element, reset };
}

/** The switch over the lower panel. @param {(panel: 'opinion' | 'gap' | 'norms') => void} choose */
export function lowerSwitch(choose) {
  const stop = (event) => event.stopPropagation(); // the canvas below it would begin to zoom
  const element = make('div.aigc-segmented.aigc-lower', { role: 'group', onpointerdown: stop, onpointerup: stop, ondblclick: stop });
  /** @param {string[]} panels those that the run has @param {string} chosen */
  const show = (panels, chosen) => {
    element.replaceChildren(...panels.map((panel) =>
      make('button', { type: 'button', 'aria-pressed': panel === chosen, 'data-panel': panel, onclick: () => {
        choose(panel);
        for (const one of element.children) one.setAttribute('aria-pressed', one.dataset.panel === panel);
      } }, t(`chart.${panel}`))));
  };
  return { element, show };
}

/**
 * @param {{curve: import('./chart-model.js').Curve, colour: string}[]} shown @param {Set<string>} hidden
 * @param {(key: string) => void} toggle
 */
export function legend(shown, hidden, toggle) {
  const groups = ['d', 'g'].map((player) => {
    const items = shown.filter(({ curve }) => curve.panel === 'loss' && curve.player === player).map(({ curve, colour }) => {
      const button = make('button.aigc-key', { type: 'button', ...lighting(curve.key), 'aria-pressed': !hidden.has(curve.key), onclick: () => {
        toggle(curve.key);
        button.setAttribute('aria-pressed', !hidden.has(curve.key));
      } }, swatch(curve, colour), label(curve));
      return button;
    });
    return make('div.aigc-group', { 'data-player': player }, make('b', {}, playerName(player)), ...items);
  });
  return groups;
}
