// One stage of the generator: its maps, the one that is pointed at enlarged beside them, and what such a stage does.

import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { channelAt, frameChannel, isFlat, layOut, measure, measureChannel, paintStage, palette } from './stage-paint.js';

const KNOWN = ['z', 'dense', 'conv', 'conv_transposed', 'shuffle', 'upsample', 'norm', 'add', 'activation', 'attention', 'pixel_norm', 'constant', 'noise', 'scaled_noise', 'adain', 'smooth_up'];
const ACTIVATIONS = ['relu', 'leaky', 'tanh'];
const TALLEST = 200; // page pixels for all maps of a stage
const BAR = 34; // a row of numbers is this tall

export class StageView {
  /** @param {import('./stage-paint.js').Stage} stage @param {number} number its place, from 0 */
  constructor(stage, number) {
    this.chosen = -1;
    this.shape = stage.shape.filter((side, i) => i === 2 || !isFlat(stage)).join(' × ');
    const kind = stage.image ? 'image' : KNOWN.includes(stage.op) ? stage.op : kindOf(stage);
    this.title = t(`inside.stage.${kind}`);
    const bend = ACTIVATIONS.includes(stage.activation) ? ` ${t(`inside.${stage.activation}`)}` : '';
    this.canvas = make('canvas', {
      tabindex: 0, role: 'slider', 'aria-label': t('inside.aria', { title: this.title, shape: this.shape }), 'aria-valuemin': 1,
      onpointermove: (event) => this.point(event), onpointerdown: (event) => this.point(event), onkeydown: (event) => this.walk(event),
    });
    this.loupe = make('canvas', { 'aria-hidden': 'true', hidden: isFlat(stage) || stage.shape[2] === 1 });
    this.about = make('p.aigc-about');
    this.range = make('span.aigc-range-of');
    this.element = make('section.aigc-stage-row', { 'data-stage': stage.name, 'data-flat': isFlat(stage) ? '' : null },
      make('header', {},
        make('h4', {}, make('i', { 'aria-hidden': 'true' }, String(number + 1)), this.title),
        make('span', {}, this.shape), make('span', {}, stage.name), this.range),
      make('p.aigc-note', {}, t(`inside.stage.${kind}.text`) + bend),
      make('div.aigc-maps', {}, this.canvas),
      make('div.aigc-loupe', {}, this.loupe, this.about));
  }

  /** @param {import('./stage-paint.js').Stage} stage of the same shape as before @param {import('./stage-paint.js').Colours} colours */
  show(stage, colours) {
    this.stage = stage;
    const { low, high, zeros } = measure(stage.data);
    this.peak = Math.max(Math.abs(low), Math.abs(high));
    this.isInk = !isFlat(stage) && (stage.image || stage.activation === 'tanh'); // −1 is black, as on the page
    this.signed = (this.signed ?? false) || low < 0 || isFlat(stage); // once signed, always: colours must not flip
    this.palette = palette(this.isInk ? 'ink' : this.signed ? 'signed' : 'plain', colours);
    this.mark = colours.mark;
    setText(this.range, `${number(low)} … ${number(high)}${zeros >= 0.005 ? ` · ${t('inside.zeros', { share: percent(zeros) })}` : ''}`);
    if (this.chosen < 0) this.chosen = liveliest(stage);
    this.paint();
  }

  paint() {
    const { stage } = this;
    const width = this.canvas.parentElement.clientWidth;
    if (!width || !stage) return;
    this.layout = layOut(stage.shape, width, TALLEST);
    paintStage(this.canvas, stage, this.layout, this.palette, this.isInk ? 1 : this.peak);
    const { scale, width: across, height } = this.layout;
    this.canvas.style.width = isFlat(stage) ? '100%' : `${across * scale}px`;
    this.canvas.style.height = isFlat(stage) ? `${BAR}px` : `${height * scale}px`;
    this.enlarge();
  }

  enlarge() {
    const { stage, chosen } = this;
    if (isFlat(stage)) this.canvas.parentElement.style.setProperty('--aigc-mark', `${(100 * (chosen + 0.5)) / stage.shape[2]}%`);
    else if (stage.shape[2] > 1) frameChannel(this.canvas, stage, this.layout, chosen, this.mark);
    const [rows, columns, channels] = stage.shape;
    const { low, high, zeros } = measureChannel(stage, chosen);
    const words = isFlat(stage)
      ? [t('inside.unit', { n: chosen + 1, of: channels, value: number(low) })]
      : [t('inside.map', { n: chosen + 1, of: channels }), t('inside.range', { low: number(low), high: number(high) }),
        ...(stage.image ? [] : [t('inside.zeros', { share: percent(zeros) })])];
    this.about.replaceChildren(...words.map((word) => make('span', {}, word)));
    this.canvas.setAttribute('aria-valuemax', String(channels));
    this.canvas.setAttribute('aria-valuenow', String(chosen + 1));
    this.canvas.setAttribute('aria-valuetext', words.join(', '));
    if (isFlat(stage)) return;
    const one = { columns: 1, scale: 1, width: columns, height: rows };
    paintStage(this.loupe, stage, one, this.palette, this.isInk ? 1 : this.peak, chosen, 1);
  }

  choose(channel) {
    if (!this.stage || channel < 0 || channel === this.chosen) return;
    this.chosen = channel;
    this.paint();
  }

  point(event) {
    if (!this.layout) return;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    this.choose(channelAt(this.stage, this.layout, x * this.canvas.width, y * this.canvas.height));
  }

  walk(event) {
    if (!this.layout) return;
    const { columns } = this.layout;
    const last = this.stage.shape[2] - 1;
    const row = isFlat(this.stage) ? 8 : columns;
    const to = { ArrowRight: this.chosen + 1, ArrowLeft: this.chosen - 1, ArrowDown: this.chosen + row, ArrowUp: this.chosen - row, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(Math.max(0, Math.min(last, to)));
  }
}

/** What a stage is where nobody says: a row of numbers comes out of a dense layer, maps out of a convolution. */
const kindOf = (stage) => (stage.name === 'z' ? 'z' : isFlat(stage) ? 'dense' : 'other');

/** The channel whose values differ most: the one worth a first look. */
function liveliest(stage) {
  let [best, most] = [0, -1];
  for (let channel = 0; channel < stage.shape[2]; channel++) {
    const { low, high } = measureChannel(stage, channel);
    const spread = isFlat(stage) ? Math.abs(low) : high - low;
    if (spread > most) [best, most] = [channel, spread];
  }
  return best;
}

const number = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2)).replace('-', '−').replace(/^−(0\.00)$/, '$1');
const percent = (share) => `${Math.round(100 * share)}%`;
