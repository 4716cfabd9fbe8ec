// <aigc-race>: two to four runs side by side, their grids, verdicts and figures, their curves on shared axes and who leads.

import { showAddress } from './address.js';
import { atMostEvery, make, setText } from './dom.js';
import { isFinal } from './feed.js';
import { distance } from './figures-list.js';
import { say, stateName, t } from './i18n.js';
import { count, rate, short } from './numbers.js';
import { CURVES, curveName, paintRace, pointsOf } from './race-chart.js';
import { proposeRace } from './race-form.js';
import { race } from './race-store.js';
import { enterStage } from './stage.js';

const EXTRA_SECONDS = 10;
const RESUMABLE = new Set(['paused', 'interrupted']);

export class Race extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.word = make('p.aigc-word', { role: 'status' });
    const button = (id, word, press) => make('button.aigc-plain', { id: `race-${id}`, type: 'button', onclick: press }, t(word));
    this.buttons = {
      pause: button('pause', 'pause', () => race.control(RESUMABLE.has(race.state) ? 'resume' : 'pause')),
      stop: button('stop', 'race.stop', () => race.control('stop')),
      extend: button('extend', 'race.extend', () => race.control('extend', { seconds: EXTRA_SECONDS })),
      share: button('share', 'share.open', () => showAddress()),
      stage: button('stage', 'stage.enter', () => enterStage()),
      another: button('new', 'race.new', () => proposeRace()),
      leave: button('leave', 'race.leave', () => race.leave()),
    };
    this.select = make('select', { id: 'race-curve' }, ...Object.keys(CURVES).map((key) => make('option', { value: key }, curveName(key))));
    this.select.addEventListener('change', () => this.paint());
    this.canvas = make('canvas', { role: 'img' });
    this.lanes = make('div.aigc-lanes');
    this.standing = make('ol.aigc-standings', { 'aria-label': t('race.standing') });
    this.replaceChildren(
      make('header', {}, make('div', {}, make('h3', {}, t('race.title')), this.word), make('div.aigc-row', {}, ...Object.values(this.buttons))),
      make('section.aigc-standings-line', {}, make('h4', {}, t('race.standing')), this.standing),
      this.lanes,
      make('section.aigc-race-chart', {}, make('label', {}, make('span', {}, t('race.curve')), this.select), this.canvas));
    this.soon = atMostEvery(200, () => this.show());
    race.addEventListener('race', () => this.build());
    race.addEventListener('news', () => this.soon());
    addEventListener('aigc:theme', () => this.paint());
    new ResizeObserver(() => this.paint()).observe(this);
    this.build();
  }

  build() {
    this.hidden = !race.isOpen;
    document.body.classList.toggle('aigc-racing', race.isOpen);
    this.rows = race.members.map((member, place) => new Lane(member, place));
    this.lanes.replaceChildren(...this.rows.map((row) => row.element));
    this.lanes.style.setProperty('--aigc-lanes', this.rows.length || 2);
    if (race.isOpen) this.show();
  }

  show() {
    const { state } = race;
    setText(this.word, stateName(state));
    setText(this.buttons.pause, t(RESUMABLE.has(state) ? 'resume' : 'pause'));
    this.buttons.pause.disabled = this.buttons.stop.disabled = isFinal(state) && state !== 'interrupted';
    this.buttons.extend.disabled = state === 'queued' || state === 'compiling';
    const standing = race.standing();
    this.tell(standing);
    for (const row of this.rows) row.show(standing.findIndex(({ member }) => member === row.member));
    this.paint();
  }

  /** Who leads, in one line; made anew only where somebody has moved or been measured. */
  tell(standing) {
    const list = standing.filter(({ figure }) => Number.isFinite(figure));
    const name = list.map(({ member, figure }) => `${member.id} ${figure}`).join();
    if (name === this.told) return;
    this.told = name;
    this.standing.replaceChildren(...list.map(({ member, figure }) =>
      make('li', { style: `--racer:var(--aigc-racer-${race.members.indexOf(member) + 1})` }, member.title, ' ', make('b', {}, distance(figure)))));
    this.standing.parentElement.hidden = !list.length;
  }

  paint() {
    if (!race.isOpen || !this.canvas.isConnected) return;
    const curve = this.select.value;
    const style = getComputedStyle(this);
    const lines = race.members.map(({ model }, place) => ({
      colour: style.getPropertyValue(`--aigc-racer-${place + 1}`).trim(),
      points: pointsOf(model, curve),
    }));
    const runs = race.members.map(({ model }) => model.run).filter(Boolean);
    const floor = curve === 'digit_fd' ? race.members.map(({ model }) => model.probes.figures()?.figures.digit_fd_floor).find(Boolean) ?? null : null;
    const seconds = Math.max(0, ...runs.map((run) => run.budget?.seconds ?? 0));
    paintRace(this.canvas, lines, { curve, seconds, floor }, { ink: style.getPropertyValue('--aigc-muted'), line: style.getPropertyValue('--aigc-line'), font: style.fontFamily });
    const list = race.members.map(({ title }, place) => `${title} ${short(lines[place].points.at(-1)?.[1])}`).join(', ');
    this.canvas.setAttribute('aria-label', t('race.chart', { curve: curveName(curve), list }));
  }
}

/** One racer: its place, its digits, what is to be said of it. */
class Lane {
  constructor(member, place) {
    this.member = member;
    this.place = make('b');
    this.about = make('p.aigc-hint');
    this.figure = make('p.aigc-race-figure');
    this.canvas = make('canvas', { role: 'img', 'aria-label': member.title });
    this.verdict = make('p.aigc-verdict');
    const address = new URL(location.href);
    address.searchParams.delete('race');
    address.searchParams.set('run', member.id);
    this.element = make('section.aigc-lane', { style: `--racer:var(--aigc-racer-${place + 1})`, 'data-run': member.id },
      make('header', {}, make('i.aigc-stroke', { 'aria-hidden': true, 'data-place': place }), make('h4', { title: member.title }, member.title), this.place),
      this.figure, this.canvas, this.about, this.verdict,
      make('a.aigc-hint', { href: address.href }, t('race.openRun')));
  }

  show(standing) {
    const { model } = this.member;
    if (!model.run) return;
    const { run } = model;
    const figures = model.probes.figures()?.figures;
    setText(this.place, figures ? t('race.place', { n: standing + 1 }) : '');
    setText(this.figure, figures ? `digit-FD ${distance(figures.digit_fd)}` : t('race.noPlace'));
    this.element.classList.toggle('aigc-leads', Boolean(figures) && standing === 0);
    setText(this.about, [stateName(run.state), t('replayAt', { step: count(run.step) }), t('seconds', { n: run.seconds.toFixed(1) }), `${rate(run.steps_per_second)} ${t('rate')}`].join(' · '));
    this.verdict.hidden = !run.verdict && !model.error;
    this.verdict.dataset.level = model.error ? 'bad' : run.verdict?.level ?? '';
    setText(this.verdict, model.error || say(run.verdict));
    this.element.dataset.state = run.state;
    this.paint();
  }

  async paint() {
    const frame = this.member.model.frames?.last;
    if (!frame || this.shown === frame.index) return;
    this.shown = frame.index;
    const picture = await this.member.model.frames.picture(frame.index);
    if (!picture || this.shown !== frame.index) return;
    if (this.canvas.width !== picture.width) [this.canvas.width, this.canvas.height] = [picture.width, picture.height];
    this.canvas.getContext('2d').drawImage(picture, 0, 0);
    this.element.dataset.frame = String(Number(this.element.dataset.frame ?? 0) + 1);
  }
}
