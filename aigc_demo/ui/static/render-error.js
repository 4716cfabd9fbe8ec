// What can go wrong with a picture, in the words of the page.

import { t } from './i18n.js';
import { NetError } from './net-error.js';

/** A refusal in the page's language; `status` 0 means that nobody answered. */
export class RenderError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** A sentence for an error of our own evaluation; other errors stay as they are. */
export function inWords(error) {
  if (!(error instanceof NetError)) return error;
  return new RenderError(t(error.key, error.values), 400);
}

/** Why a network file is of no use here. @param {NetError} error */
export const whyUnusable = (error) => t('net.unusable', { why: t(error.key, error.values) });
