// The latent map: a plane through the present point along any two axes, with a cross where the point is.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { moveButton } from './moves-controls.js';
import { Field } from './moves-field.js';
import { MapAxes } from './moves-map-axes.js';
import { Piece } from './moves-piece.js';
import { plane } from './moves-points.js';

const SAME = 1e-4; // of the coordinates beside the map: the point has only moved within it
const KEY_STEP = 0.1; // σ
const USUAL = 3; // σ: beyond it no training point ever lay, or hardly any
const ENDS = ['x', 'y'];

export class MapPiece extends Piece {
  /** @param {import('./moves-ends.js').Ends} ends */
  constructor(state, voice, ends) {
    super(state, voice);
    this.plane = null;
    this.axes = new MapAxes(state, ends, () => this.lay());
    this.field = new Field(this, {
      id: 'generate-map', name: t('moves.map'), hint: t('moves.mapKeys'),
      finest: 6, coarse: 2, scales: [72, 30, 1800], centred: false,
      pointAt: (x, y) => this.plane.at(x, -y),
      rule: (context, field) => paintRule(context, field),
    });
    this.field.isReady = false;
    this.where = make('output.aigc-where', { id: 'generate-map-where' });
    this.element = make('section.aigc-piece', {},
      make('p.aigc-note', {}, t('moves.mapNote')),
      make('div.aigc-row', {}, ...ENDS.map((end) => this.axes.element(end))),
      this.axes.status,
      this.field.element,
      make('div.aigc-row', {}, this.where,
        make('div.aigc-actions', {},
          moveButton('map-home', t('moves.toPoint'), () => this.home()),
          moveButton('map-out', '−', () => this.field.zoom(1 / 1.4), t('moves.zoomOut')),
          moveButton('map-in', '+', () => this.field.zoom(1.4), t('moves.zoomIn')))));
    this.hear();
  }

  hear() {
    const { field } = this;
    field.addEventListener('pick', ({ detail }) => this.goTo(detail.x, -detail.y));
    field.addEventListener('home', () => this.home());
    field.addEventListener('step', ({ detail: { right, down, large } }) => {
      if (!this.plane) return;
      const { x, y } = this.plane.of(this.state.z);
      const step = KEY_STEP * (large ? 10 : 1);
      this.goTo(x + right * step, y - down * step);
      this.keepInSight();
    });
  }

  begin() {
    this.on('model', () => (this.forget(), this.axes.open()));
    this.on('label truncation', () => this.plane && this.field.renew());
    this.onWeights(() => this.plane && this.field.renew());
    this.on('point', () => this.moved());
    this.axes.begin(this.signal);
    this.axes.open();
    if (this.plane) this.moved();
    this.field.changed();
  }

  end() {
    this.axes.leave();
  }

  forget() {
    this.plane = null;
    this.field.isReady = false;
    this.field.cross = null;
    this.field.canvas.hidden = true;
    this.field.clear();
  }

  /** Other axes, or another point beside them: a map of its own. */
  lay() {
    const [first, second] = ENDS.map((end) => this.axes.direction(end));
    const laid = first && second && first.length === this.state.z.length ? plane(this.state.z, first, second) : null;
    setText(this.axes.status, laid || !first || !second ? this.axes.words : t('moves.oneAxis'));
    this.field.canvas.hidden = !laid;
    if (!laid) return this.forget();
    this.plane = laid;
    this.field.isReady = true;
    this.field.clear();
    this.home();
  }

  moved() {
    if (!this.plane) return;
    const laid = plane(this.state.z, this.axes.direction('x'), this.axes.direction('y'));
    const same = laid?.beside.every((value, k) => Math.abs(value - this.plane.beside[k]) < SAME);
    if (!same) return this.lay();
    this.mark();
  }

  /** @param {number} x @param {number} y σ along the axes */
  goTo(x, y) {
    if (this.plane) this.state.setPoint(this.plane.at(x, y));
  }

  home() {
    if (!this.plane) return;
    const { x, y } = this.plane.of(this.state.z);
    this.mark();
    this.field.show(x, -y);
  }

  keepInSight() {
    const { canvas } = this.field;
    const [x, y] = this.field.pixelOf(this.field.cross);
    if (x < 20 || y < 20 || x > canvas.clientWidth - 20 || y > canvas.clientHeight - 20) this.home();
  }

  mark() {
    const { x, y } = this.plane.of(this.state.z);
    this.field.cross = { x, y: -y, sure: true };
    this.field.repaint();
    const words = t('moves.mapWhere', { x: signed(x), y: signed(y) });
    setText(this.where, words);
    this.voice.say(words);
  }
}

const signed = (value) => `${value < -0.005 ? '−' : value > 0.005 ? '+' : ''}${Math.abs(value).toFixed(2)}`;

/** What lies beyond the usual is dimmed; whole σ stand along the lower and the left edge. */
function paintRule(context, field) {
  const { clientWidth: width, clientHeight: height } = field.canvas;
  const [left, top] = field.pixelOf({ x: -USUAL, y: -USUAL });
  const [right, bottom] = field.pixelOf({ x: USUAL, y: USUAL });
  context.beginPath();
  context.rect(0, 0, width, height);
  context.rect(left, top, right - left, bottom - top);
  context.fillStyle = 'rgb(0 0 0 / 0.5)';
  context.fill('evenodd');
  Object.assign(context, { font: '12px system-ui, sans-serif', lineWidth: 3, lineJoin: 'round', strokeStyle: '#000', fillStyle: '#fff' });
  const write = (text, x, y) => (context.strokeText(text, x, y), context.fillText(text, x, y));
  const name = (value) => String(value).replace('-', '−');
  const [low, high] = [field.placeOf(0, height), field.placeOf(width, 0)];
  Object.assign(context, { textAlign: 'center', textBaseline: 'bottom' });
  for (let x = Math.ceil(low.x); x <= high.x; x++) write(name(x), field.pixelOf({ x, y: 0 })[0], height - 3);
  Object.assign(context, { textAlign: 'left', textBaseline: 'middle' });
  for (let y = Math.ceil(high.y); y <= low.y; y++) write(name(y ? -y : 0), 5, field.pixelOf({ x: 0, y })[1]);
}
