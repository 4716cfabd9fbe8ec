// Human against D: ten digits, one after the other; then who was right how often, and the hall's standing, live.

import { post } from './api.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { t } from './i18n.js';
import { RECORDED, store } from './run-store.js';
import { Standing } from './standing.js';

const PLAYER = 'aigc-player';

/** Open the game on the run that the page shows. */
export function playDuel() {
  const run = store.run?.run ?? RECORDED;
  const body = make('div.aigc-duel');
  const duel = new Duel(run, body);
  const dialog = openDialog(t('game.title'), body);
  dialog.addEventListener('close', () => duel.end());
  duel.begin();
}

class Duel {
  constructor(run, body) {
    this.path = `runs/${encodeURIComponent(run)}/game`;
    this.body = body;
    this.standing = new Standing(run);
    this.onKey = (event) => this.press(event);
    addEventListener('keydown', this.onKey);
  }

  end() {
    this.standing.end();
    removeEventListener('keydown', this.onKey);
  }

  async begin() {
    this.hand = null;
    const answer = await post(`${this.path}/round`, {});
    if (!answer.ok) {
      this.body.replaceChildren(make('p', { role: 'alert' }, answer.error));
      return;
    }
    this.hand = answer.data;
    this.answers = [];
    this.picture = make('img.aigc-duel-digit');
    this.asked = make('p.aigc-hint');
    this.progress = make('p.aigc-hint', { role: 'status' });
    const choice = (word, real) => make('button.aigc-plain', { type: 'button', 'data-real': real, onclick: () => this.judge(real) }, t(word));
    const about = [make('p', {}, t('game.about'))];
    if (store.isRecorded) about.push(make('p.aigc-hint', {}, t('game.recorded')));
    this.body.replaceChildren(...about, this.picture, this.asked,
      make('div.aigc-choices', {}, choice('game.fake', false), choice('game.real', true)), this.progress, this.standing.element);
    this.show();
    this.body.querySelector('button').focus();
  }

  /** The next image to be judged. */
  show() {
    const { images, labels } = this.hand;
    const place = this.answers.length;
    this.picture.src = png(images[place]);
    this.picture.alt = t('game.progress', { n: place + 1, of: images.length });
    setText(this.asked, labels[place] < 0 ? '' : t('game.asked', { digit: labels[place] }));
    setText(this.progress, t('game.progress', { n: place + 1, of: images.length }));
  }

  press(event) {
    if (!this.hand || this.answers.length === this.hand.images.length) return;
    if (event.key === 'ArrowLeft') this.judge(false);
    if (event.key === 'ArrowRight') this.judge(true);
  }

  judge(real) {
    if (this.answers.length === this.hand.images.length) return;
    this.answers.push(real);
    if (this.answers.length < this.hand.images.length) this.show();
    else this.score();
  }

  async score() {
    const { hand, answers } = this;
    const answer = await post(`${this.path}/answer`, { round: hand.round, player: player(), answers });
    if (!answer.ok) {
      this.body.replaceChildren(make('p', { role: 'alert' }, answer.error), this.again());
      return;
    }
    const { truth, d, right, mine, standing } = answer.data;
    const dRight = d.filter((says, place) => says === truth[place]).length;
    this.standing.mine = mine;
    const of = truth.length;
    this.body.replaceChildren(
      make('p.aigc-result', { role: 'status' }, t('game.result', { right, d: dRight, of })),
      make('div.aigc-hand', {}, ...hand.images.map((image, place) => card(image, truth[place], answers[place], d[place]))),
      make('p.aigc-hint', {}, t('game.legend')),
      this.again(),
      this.standing.element);
    this.standing.show(standing);
    this.body.querySelector('button').focus();
  }

  again() {
    return make('button.aigc-plain', { type: 'button', onclick: () => this.begin() }, t('game.again'));
  }
}

function card(image, isReal, you, d) {
  const truth = t(isReal ? 'game.truth.real' : 'game.truth.fake');
  const word = (name, says) => {
    const right = says === isReal;
    const said = t(says ? 'game.real' : 'game.fake');
    return make('span', { 'data-right': right, title: `${name}: ${said} (${t(right ? 'game.right' : 'game.wrong')})` },
      `${name} ${right ? '✓' : '✗'}`);
  };
  return make('figure', {}, make('img', { src: png(image), alt: truth }), make('figcaption', {}, truth, word(t('game.you'), you), word('D', d)));
}

const png = (base64) => `data:image/png;base64,${base64}`;

/** A random name for this browser, so that its rounds add up. It says nothing about the person. */
function player() {
  try {
    const kept = localStorage.getItem(PLAYER) ?? crypto.getRandomValues(new Uint32Array(2)).join('-');
    localStorage.setItem(PLAYER, kept);
    return kept;
  } catch {
    return '';
  }
}
