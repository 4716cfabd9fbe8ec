// What can be done with the present point as a whole: another one, the origin, and taking it home.

import { showAddress } from './address.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { copyPoint, LARGE, savePicture } from './latent-home.js';
import { drawPoint } from './latent-points.js';
import { openModelExport } from './models-export.js';
import { askForPoint } from './point-paste.js';

const THANKS_MS = 1500;

export class LatentActions {
  /**
   * @param {import('./latent-state.js').LatentState} state @param {import('./latent-picture.js').LatentPicture} picture
   * @param {import('./point-address.js').PointAddress} address
   */
  constructor(state, picture, address) {
    this.state = state;
    this.picture = picture;
    const button = (name, word, action, title = '', kind = '.aigc-quiet') =>
      make(`button${kind}`, { id: `generate-${name}`, type: 'button', title, onclick: action }, word);
    const size = (side) => t('generate.downloadTitle', { width: side, height: side });
    this.copy = button('copy', t('generate.copy'), () => this.copyPoint(), t('generate.copyTitle'));
    this.elements = [
      make('div.aigc-actions', {},
        button('random', t('generate.random'), () => state.setPoint(drawPoint(state.z.length)), '', '.aigc-primary'),
        button('reset', t('generate.reset'), () => state.setPoint(state.z.map(() => 0)), t('generate.resetTitle'))),
      make('div.aigc-actions.aigc-take', {},
        button('download', t('generate.download'), () => this.save(1), size(28)),
        button('download-large', t('generate.downloadLarge'), () => this.save(LARGE), size(28 * LARGE)),
        this.copy,
        button('paste', t('point.open'), () => askForPoint(address), t('point.openTitle')),
        button('share', t('point.share'), () => sharePoint(address), t('point.shareTitle')),
        button('export', t('models.act.export'), () => state.model && openModelExport(state.model), t('modelExports.openTitle'))),
    ];
  }

  save(factor) {
    savePicture(this.state, this.picture.canvas, factor);
  }

  async copyPoint() {
    await copyPoint(this.state);
    setText(this.copy, t('generate.copied'));
    setTimeout(() => setText(this.copy, t('generate.copy')), THANKS_MS);
  }
}

/** The address may be a moment behind the hand; a link that is handed on is not. */
function sharePoint(address) {
  address.write();
  showAddress();
}
