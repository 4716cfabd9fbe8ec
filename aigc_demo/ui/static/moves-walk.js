// An endless walk on the sphere, from one random point to the next; alone, or with a wall of 36 digits going along.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { Clock } from './moves-clock.js';
import { choice, moveButton, slider } from './moves-controls.js';
import { Piece } from './moves-piece.js';
import { Wall } from './moves-wall.js';
import { Walker } from './moves-walker.js';

const POINT_MS = 400; // with the wall in view the large picture follows at this pace, and the frames are the wall's

export class WalkPiece extends Piece {
  constructor(state, voice) {
    super(state, voice);
    this.kind = 'endless';
    this.wall = new Wall(this);
    this.clock = new Clock((seconds) => this.step(seconds), () => (this.wall.rest(), this.show()));
    this.kinds = choice('walk-kind', t('moves.walkKind'), { endless: t('moves.endless'), loop: t('moves.loop3') }, (kind) => this.choose(kind));
    this.play = make('button.aigc-primary', { id: 'generate-walk-play', type: 'button', onclick: () => this.toggle() });
    this.speed = slider('walk-speed', t('moves.speed'), { min: 0.1, max: 2, step: 0.1, value: 0.5 }, (value) => value.toFixed(1));
    this.wallButton = moveButton('wall-show', t('moves.wall'), () => this.toggleWall(), t('moves.wallTitle'));
    this.where = make('output.aigc-where', { id: 'generate-walk-where' });
    this.element = make('section.aigc-piece', {},
      make('p.aigc-note', {}, t('moves.walkNote')),
      make('div.aigc-row', {}, make('div.aigc-actions', {}, this.play, this.kinds.element, this.wallButton), this.where),
      this.speed.element,
      this.wall.element);
    this.kinds.show(this.kind);
    this.show();
  }

  begin() {
    this.on('model', () => this.afresh());
    this.on('label truncation', () => this.clock.runs || this.wall.draw());
    this.onWeights(() => this.clock.runs || this.wall.draw());
    this.on('point', () => this.moved());
    if (this.walker && !this.walker.isAt(this.state.z)) this.walker = null;
    if (this.wall.points[0].length !== this.state.z.length) this.wall.restart();
    this.show();
    this.wall.draw();
  }

  end() {
    this.clock.stop();
    this.arrive();
  }

  afresh() {
    this.clock.stop();
    this.walker = null;
    this.wall.restart();
    this.wall.draw();
    this.show();
  }

  choose(kind) {
    this.kind = kind;
    this.kinds.show(kind);
    this.setOff();
  }

  toggle() {
    if (this.clock.runs) {
      this.clock.stop();
      this.arrive();
      return;
    }
    this.walker ??= new Walker(this.state.z, this.kind);
    this.clock.start();
  }

  toggleWall() {
    this.wall.open(!this.wall.isOpen);
    this.wallButton.setAttribute('aria-pressed', String(this.wall.isOpen));
    this.wall.draw();
  }

  /** A point that somebody else has set is where the walk begins anew. */
  moved() {
    if (!this.isTelling) this.setOff();
  }

  setOff() {
    this.walker = this.clock.runs ? new Walker(this.state.z, this.kind) : null;
    this.show();
  }

  async step(seconds) {
    this.walker.go(this.speed.value * seconds);
    const now = performance.now();
    if (!this.wall.isOpen || now - (this.told ?? 0) > POINT_MS) {
      this.told = now;
      this.arrive();
    }
    this.show();
    if (this.wall.isOpen && !(await this.wall.follow(this.walker))) this.clock.stop();
  }

  /** The point is where the walker stands. */
  arrive() {
    if (!this.walker) return;
    this.isTelling = true;
    this.state.setPoint(this.walker.point);
    this.isTelling = false;
  }

  show() {
    if (!this.play) return;
    const { runs } = this.clock;
    setText(this.play, t(runs ? 'moves.pause' : 'moves.walk'));
    const words = !this.walker ? t('moves.walkRest')
      : t(this.kind === 'loop' ? 'moves.legLoop' : 'moves.leg', { n: this.walker.leg + 1, percent: Math.round(100 * this.walker.share) });
    setText(this.where, words);
    if (runs !== this.heard && this.isOpen) this.voice.say(t(runs ? 'moves.walking' : 'moves.walkRest'));
    this.heard = runs;
  }
}
