// The seed plane: every whole place is a seed, and between four seeds lies their blend. One is always in its middle.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { norm } from './latent-points.js';
import { Clock } from './moves-clock.js';
import { moveButton, slider } from './moves-controls.js';
import { Field } from './moves-field.js';
import { Piece } from './moves-piece.js';
import { neighbours, planePoint, seedAt, seedPoint } from './moves-points.js';

const FIRST = { x: 7, y: 0 }; // the page opens on the point of seed 7
const STEP = 0.1;
const SAME = 1e-4;
const SNAP_SPEED = 3; // seeds a second, at least
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

const numberOf = (seed) => String(seed).replace('-', '−');

export class PlanePiece extends Piece {
  constructor(state, voice) {
    super(state, voice);
    this.field = new Field(this, {
      id: 'generate-plane', name: t('moves.plane'), hint: t('moves.planeKeys'),
      finest: 0, coarse: 0, scales: [84, 28, 168], centred: true,
      pointAt: (x, y) => seedPoint(seedAt(x, y), state.z.length),
      tag: (x, y) => numberOf(seedAt(x, y)),
    });
    this.field.show(FIRST.x, FIRST.y);
    this.drift = new Clock((seconds) => this.drifted(seconds), () => this.showDrift());
    this.glide = new Clock((seconds) => this.glided(seconds));
    this.target = null;
    this.build();
    this.hear();
  }

  build() {
    this.seeds = make('output.aigc-where', { id: 'generate-plane-seed' });
    this.play = moveButton('plane-play', t('moves.drift'), () => this.toggle());
    this.speed = slider('plane-speed', t('moves.speed'), { min: -5, max: 5, step: 0.5, value: 1 }, (value) => value.toFixed(1).replace('-', '−'));
    this.snapButton = moveButton('plane-snap', t('moves.snap'), () => this.snap(), t('moves.snapTitle'));
    this.element = make('section.aigc-piece', {},
      make('p.aigc-note', {}, t('moves.planeNote')),
      this.field.element,
      make('div.aigc-row', {}, this.seeds,
        make('div.aigc-actions', {}, this.snapButton,
          moveButton('plane-out', '−', () => this.field.zoom(1 / 1.4), t('moves.zoomOut')),
          moveButton('plane-in', '+', () => this.field.zoom(1.4), t('moves.zoomIn')))),
      make('div.aigc-row', {}, this.play, this.speed.element),
      make('p.aigc-note', {}, t('moves.planeBlend')));
    this.showDrift();
  }

  hear() {
    const { field } = this;
    field.addEventListener('view', () => this.stay());
    field.addEventListener('hold', ({ detail }) => detail.down && this.glide.stop());
    field.addEventListener('pick', ({ detail }) => this.go(Math.round(detail.x), Math.round(detail.y)));
    field.addEventListener('home', () => this.go(FIRST.x, FIRST.y));
    field.addEventListener('step', ({ detail: { right, down, large } }) => {
      const step = large ? 1 : STEP;
      const to = (from, by) => Math.round((from + by * step) / STEP) * STEP;
      this.glide.stop();
      this.goTo(to(field.view.x, right), to(field.view.y, down));
    });
  }

  begin() {
    this.on('model', () => (this.stop(), this.field.renew(), this.mark()));
    this.on('label truncation', () => this.field.renew());
    this.onWeights(() => this.field.renew());
    this.on('point', () => this.mark());
    this.field.renew();
    this.mark();
  }

  end() {
    this.stop();
  }

  stop() {
    this.drift.stop();
    this.glide.stop();
  }

  // -- being somewhere -------------------------------------------------------------------------------------------------

  goTo(x, y) {
    this.field.show(x, y);
    this.stay();
  }

  /** The middle of the plane is the point now. */
  stay() {
    const { x, y } = this.field.view;
    this.state.setPoint(planePoint(x, y, this.state.z.length));
    this.mark();
  }

  /** Say where one is, and whether the point still is the plane's. */
  mark() {
    const { x, y } = this.field.view;
    const sure = planePoint(x, y, this.state.z.length).every((value, k) => Math.abs(value - this.state.z[k]) < SAME);
    this.field.cross = { x, y, sure };
    this.field.repaint();
    const seeds = neighbours(x, y);
    const length = norm(this.state.z).toFixed(2);
    const place = seeds.length === 1 ? t('moves.seed', { seed: numberOf(seeds[0].seed) }) : t('moves.between', { seeds: seeds.map(({ seed }) => numberOf(seed)).join(' · ') });
    const words = sure ? `${place} · ‖z‖ ${length}` : t('moves.away');
    setText(this.seeds, words);
    this.snapButton.disabled = sure && seeds.length === 1;
    if (this.isOpen && !this.drift.runs) this.voice.say(words);
  }

  // -- moving ------------------------------------------------------------------------------------------------------------

  snap() {
    this.drift.stop();
    this.go(Math.round(this.field.view.x), Math.round(this.field.view.y));
  }

  /** To a place, on a way that can be seen unless the visitor wants none. */
  go(x, y) {
    this.drift.stop();
    this.target = { x, y };
    if (stillness.matches) this.goTo(x, y);
    else this.glide.start();
  }

  glided(seconds) {
    const { x, y } = this.field.view;
    const far = Math.hypot(this.target.x - x, this.target.y - y);
    const step = Math.max(SNAP_SPEED, 4 * far) * seconds;
    if (far <= step) {
      this.goTo(this.target.x, this.target.y);
      this.glide.stop();
    } else this.goTo(x + ((this.target.x - x) * step) / far, y + ((this.target.y - y) * step) / far);
  }

  toggle() {
    this.glide.stop();
    if (this.drift.runs) this.drift.stop();
    else this.drift.start();
  }

  drifted(seconds) {
    if (this.speed.value) this.goTo(this.field.view.x + this.speed.value * seconds, this.field.view.y);
  }

  showDrift() {
    if (!this.play) return;
    setText(this.play, t(this.drift.runs ? 'moves.stop' : 'moves.drift'));
    this.play.setAttribute('aria-pressed', String(this.drift.runs));
  }
}
