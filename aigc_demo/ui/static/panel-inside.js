// The panel "inside" of the latent studio: the generator opened up, the nearest training digits, another model's answer.

import { AttentionLooks, attends } from './attention-looks.js';
import { Compare } from './compare.js';
import { make } from './dom.js';
import { FeatureMaps } from './feature-maps.js';
import { t } from './i18n.js';
import { InsideHand } from './inside-hand.js';
import { wish } from './latent-wish.js';
import { latest } from './latest.js';
import { choice } from './moves-controls.js';
import { Neighbours } from './neighbours.js';

const PIECES = { maps: FeatureMaps, attention: AttentionLooks, neighbours: Neighbours, compare: Compare };
const NAMES = Object.keys(PIECES);

export class InsidePanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.pieces = {};
    this.isOpen = false;
    this.choice = choice('inside', t('inside.pieces'), Object.fromEntries(NAMES.map((name) => [name, t(`inside.piece.${name}`)])), (name) => this.choose(name));
    this.hand = new InsideHand(state);
    this.attentive = this.choice.element.querySelector('#generate-inside-attention'); // only where there is attention
    this.attentive.hidden = true;
    this.place = make('div');
    this.element = make('div.aigc-panel-inside', {}, this.choice.element, this.hand.element, this.place);
    addEventListener('aigc:compare', () => this.choose('compare'));
    this.offer = latest(() => this.offerAttention());
    for (const event of ['model', 'weights']) state.addEventListener(event, () => this.isOpen && this.offer());
    this.choose(wish.beside ? 'compare' : NAMES[0]);
  }

  /** @param {string} name one of NAMES */
  choose(name) {
    if (name === this.name) return;
    if (this.isOpen) this.piece.stop();
    this.name = name;
    this.choice.show(name);
    this.pieces[name] ??= new PIECES[name](this.state);
    this.place.replaceChildren(this.piece.element);
    if (this.isOpen) this.piece.start();
  }

  async offerAttention() {
    const { model } = this.state;
    const stages = await this.state.maps().catch(() => null); // whoever draws says what is wrong
    if (model !== this.state.model) return;
    this.attentive.hidden = !attends(stages);
    if (this.attentive.hidden && this.name === 'attention') this.choose(NAMES[0]);
  }

  get piece() {
    return this.pieces[this.name];
  }

  opened() {
    this.isOpen = true;
    this.offer();
    this.hand.start();
    this.piece.start();
  }

  closed() {
    this.isOpen = false;
    this.hand.stop();
    this.piece.stop();
  }
}
