// Other ways onto the pad than drawing: a real digit that no training has seen, or a picture file.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { heldOutDigits } from './drawing-examples.js';
import { FileRefused, readPicture } from './drawing-file.js';
import { t } from './i18n.js';

export class DrawingSources {
  /** @param {import('./drawing-pad.js').DrawingPad} pad */
  constructor(pad) {
    this.pad = pad;
    this.turns = {}; // how often each digit's key was pressed: every time another hand
    this.note = make('p.aigc-source-note', { role: 'status' });
    this.keys = make('div.aigc-examples', { role: 'group', 'aria-label': t('draw.examples') },
      ...Array.from({ length: 10 }, (_, digit) => make('button.aigc-quiet', {
        id: `draw-example-${digit}`, type: 'button', title: t('draw.example', { digit }), 'aria-label': t('draw.example', { digit }),
        onclick: () => this.example(digit),
      }, String(digit))));
    this.input = make('input', {
      id: 'draw-file', type: 'file', accept: 'image/png,image/jpeg', hidden: true, onchange: () => this.chosen(),
    });
    this.upload = make('button.aigc-quiet', { id: 'draw-upload', type: 'button', title: t('draw.uploadTitle'), onclick: () => this.input.click() }, t('draw.upload'));
    this.examples = make('div.aigc-example-row', {}, make('span', { 'aria-hidden': 'true' }, t('draw.examples')), this.keys);
    pad.box.addEventListener('dragover', (event) => event.preventDefault());
    pad.box.addEventListener('drop', (event) => this.dropped(event));
    pad.canvas.addEventListener('pointerdown', () => setText(this.note, ''));
  }

  async example(digit) {
    const known = await heldOutDigits();
    if (!known) return setText(this.note, t('draw.noExamples'));
    const places = [...known.labels.keys()].filter((i) => known.labels[i] === digit);
    const turn = this.turns[digit] ?? 0;
    this.turns[digit] = turn + 1;
    const pixels = known.images[places[turn % places.length]];
    const canvas = document.createElement('canvas');
    paintDigits(canvas, pixels);
    this.pad.put(canvas, canvas.width, canvas.height, pixels);
    return setText(this.note, '');
  }

  chosen() {
    const [file] = this.input.files;
    this.input.value = ''; // the same file can be chosen again
    if (file) this.take(file);
  }

  dropped(event) {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) this.take(file);
  }

  /** @param {File} file */
  async take(file) {
    try {
      const { canvas, digit } = await readPicture(file);
      this.pad.put(canvas, canvas.width, canvas.height, digit);
      setText(this.note, '');
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      setText(this.note, t(`draw.file.${error.key}`));
    }
  }
}
