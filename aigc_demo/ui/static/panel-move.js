// The panel "move" of the latent studio: five ways of moving through the space, one of them at a time.

import { make } from './dom.js';
import { t } from './i18n.js';
import { BetweenPiece } from './moves-between.js';
import { choice } from './moves-controls.js';
import { Ends } from './moves-ends.js';
import { MapPiece } from './moves-map.js';
import { PathPiece } from './moves-path.js';
import { PlanePiece } from './moves-plane.js';
import { Voice } from './moves-voice.js';
import { WalkPiece } from './moves-walk.js';

const PIECES = { plane: PlanePiece, between: BetweenPiece, walk: WalkPiece, path: PathPiece, map: MapPiece };
const NAMES = Object.keys(PIECES);

export class MovePanel {
  /** @param {import('./latent-state.js').LatentState} state */
  constructor(state) {
    this.state = state;
    this.ends = new Ends(state);
    this.voice = new Voice();
    this.pieces = {};
    this.isOpen = false;
    this.choice = choice('move', t('moves.ways'), Object.fromEntries(NAMES.map((name) => [name, t(`moves.way.${name}`)])), (name) => this.choose(name));
    this.place = make('div');
    this.element = make('div.aigc-panel-move', {}, this.choice.element, this.place, ...this.voice.elements);
    this.choose(NAMES[0]);
  }

  /** @param {string} name one of NAMES */
  choose(name) {
    if (name === this.name) return;
    if (this.isOpen) this.piece.closed();
    this.name = name;
    this.choice.show(name);
    this.voice.complain('');
    this.pieces[name] ??= new PIECES[name](this.state, this.voice, this.ends);
    this.place.replaceChildren(this.piece.element);
    if (this.isOpen) this.piece.opened();
  }

  get piece() {
    return this.pieces[this.name];
  }

  opened() {
    this.isOpen = true;
    this.piece.opened();
  }

  closed() {
    this.isOpen = false;
    this.voice.rest();
    this.piece.closed();
  }
}
