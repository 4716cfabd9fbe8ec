// A path of one's own: stops that are taken where one is, put in order, walked along great circles, and made a film of.

import { paintDigits } from './digits-canvas.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { latest } from './latest.js';
import { drawPoint, resized, slerp } from './latent-points.js';
import { between, show, weightsOf } from './moves-classes.js';
import { Clock } from './moves-clock.js';
import { moveButton } from './moves-controls.js';
import { FilmMaker, MOST_KEYS } from './moves-film.js';
import { Piece } from './moves-piece.js';

/** @typedef {{z: number[], weights: Float32Array, pixels: Uint8Array | null}} Stop */

export class PathPiece extends Piece {
  constructor(state, voice) {
    super(state, voice);
    /** @type {Stop[]} */
    this.stops = [];
    this.place = 0; // on the way, in stops
    this.redraw = latest(() => this.drawStops());
    this.clock = new Clock((seconds) => this.step(seconds), () => this.showPlay());
    this.film = new FilmMaker(this);
    this.list = make('ol.aigc-stop-list', { id: 'generate-stops', 'aria-label': t('moves.stops') });
    this.empty = make('p.aigc-note', {}, t('moves.noStops'));
    this.add = make('button.aigc-primary', { id: 'generate-stop-add', type: 'button', onclick: () => this.addHere() }, t('moves.addStop'));
    this.play = moveButton('path-play', t('moves.playPath'), () => this.toggle());
    this.clear = moveButton('path-clear', t('moves.clearPath'), () => this.change([]));
    this.element = make('section.aigc-piece', {},
      make('p.aigc-note', {}, t('moves.pathNote')),
      make('div.aigc-actions', {}, this.add, moveButton('stop-random', t('moves.addRandom'), () => this.addPoint(drawPoint(state.z.length))), this.play, this.clear),
      this.empty, this.list, this.film.element);
    state.addEventListener('model', () => this.fit());
    this.change([]);
  }

  begin() {
    this.on('model', () => this.clock.stop());
    this.on('model truncation', () => this.redraw());
    this.onWeights(() => this.redraw());
    this.redraw();
  }

  end() {
    this.clock.stop();
  }

  fit() {
    const size = this.state.z.length;
    this.change(this.stops.map((stop) => (stop.z.length === size ? stop : { ...stop, z: resized(stop.z, size), pixels: null })));
  }

  // -- the stops ---------------------------------------------------------------------------------------------------------

  addHere() {
    this.addPoint([...this.state.z]);
  }

  addPoint(z) {
    this.change([...this.stops, { z, weights: weightsOf(this.state), pixels: null }]);
    this.voice.say(t('moves.stopAdded', { n: this.stops.length }));
  }

  /** @param {number} i @param {number} by how many places further */
  shift(i, by) {
    const stops = [...this.stops];
    stops.splice(i + by, 0, ...stops.splice(i, 1));
    this.change(stops);
    this.list.children[i + by]?.querySelector(by < 0 ? '.aigc-earlier' : '.aigc-later')?.focus();
  }

  remove(i) {
    this.change(this.stops.filter((_, place) => place !== i));
    (this.list.children[Math.min(i, this.stops.length - 1)]?.querySelector('.aigc-remove') ?? this.add).focus();
  }

  change(stops) {
    this.clock.stop();
    this.place = 0;
    this.stops = stops;
    this.add.disabled = stops.length >= MOST_KEYS;
    this.clear.disabled = !stops.length;
    this.play.disabled = stops.length < 2;
    this.empty.hidden = stops.length > 1;
    this.list.replaceChildren(...stops.map((stop, i) => this.item(stop, i)));
    this.film.show();
    this.showPlay();
    this.redraw();
  }

  item(stop, i) {
    const canvas = make('canvas', { width: 28, height: 28, 'aria-hidden': 'true' });
    if (stop.pixels) paintDigits(canvas, stop.pixels);
    const button = (kind, word, key, action, disabled) =>
      make(`button.aigc-small.${kind}`, { type: 'button', 'aria-label': t(key, { n: i + 1 }), title: t(key, { n: i + 1 }), disabled, onclick: action }, word);
    return make('li', {},
      make('button.aigc-jump', { type: 'button', 'aria-label': t('moves.toStop', { n: i + 1 }), onclick: () => this.jump(i) }, canvas,
        make('span', { 'aria-hidden': 'true' }, String(i + 1))),
      make('div', {},
        button('aigc-earlier', '←', 'moves.earlier', () => this.shift(i, -1), i === 0),
        button('aigc-remove', '×', 'moves.remove', () => this.remove(i), false),
        button('aigc-later', '→', 'moves.later', () => this.shift(i, 1), i === this.stops.length - 1)));
  }

  async drawStops() {
    const stops = this.stops;
    if (!stops.length) return;
    const pixels = await this.draw(stops.map(({ z }) => z), { classes: stops.map(({ weights }) => weights) });
    if (!pixels || stops !== this.stops) return;
    stops.forEach((stop, i) => {
      stop.pixels = pixels.slice(i * 784, (i + 1) * 784);
      paintDigits(this.list.children[i].querySelector('canvas'), stop.pixels);
    });
  }

  jump(i) {
    this.clock.stop();
    this.place = i;
    this.stand();
    this.voice.say(t('moves.atStop', { n: i + 1 }));
  }

  // -- walking it --------------------------------------------------------------------------------------------------------

  get legs() {
    return this.stops.length - (this.film.loop ? 0 : 1);
  }

  toggle() {
    if (this.clock.runs) return this.clock.stop();
    if (this.place >= this.legs) this.place = 0;
    this.clock.start();
  }

  step(seconds) {
    this.place += seconds / this.film.legSeconds;
    const over = this.place >= this.legs;
    if (over) this.place = this.film.loop ? this.place % this.legs : this.legs;
    this.stand();
    if (over && !this.film.loop) this.clock.stop();
  }

  /** The point is where one is on the path. */
  stand() {
    const leg = Math.min(Math.floor(this.place), this.stops.length - 1);
    const [from, to] = [this.stops[leg], this.stops[(leg + 1) % this.stops.length]];
    const share = this.place - leg;
    if (this.state.model?.conditional) show(this.state, between(from.weights, to.weights, share));
    this.state.setPoint(share ? slerp(from.z, to.z, share) : from.z);
    for (const [i, item] of [...this.list.children].entries()) item.classList.toggle('aigc-here', i === leg && share < 1e-9);
  }

  showPlay() {
    setText(this.play, t(this.clock.runs ? 'moves.pause' : 'moves.playPath'));
    this.play.setAttribute('aria-pressed', String(this.clock.runs));
  }
}
