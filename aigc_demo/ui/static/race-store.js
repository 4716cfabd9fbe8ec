// The race that the page shows: its members' models, fed by one stream. Sends   race   members or titles are new
//   news   something of a member is new

import { post } from './api.js';
import { isFinal } from './feed.js';
import { Frames } from './frames.js';
import { route, say, t } from './i18n.js';
import { RunModel } from './run-model.js';
import { remember, store, tokenOf } from './run-store.js';

const RETRY_MS = 2000;
const TOGETHER_SECONDS = 1; // measurements no further apart than this count as made at the same time

class RaceStore extends EventTarget {
  constructor() {
    super();
    this.id = '';
    /** @type {{title: string, model: RunModel}[]} in the order in which they were entered */
    this.members = [];
    this.source = null;
  }

  get isOpen() {
    return this.id !== '';
  }

  /** One word for the whole race: training as long as one member is. */
  get state() {
    const states = this.members.map(({ model }) => model.run?.state ?? 'queued');
    const order = ['training', 'compiling', 'queued', 'paused', 'interrupted', 'finished', 'stopped', 'failed'];
    return order.find((state) => states.includes(state)) ?? 'queued';
  }

  /** Show the race in the address, if there is one. */
  begin() {
    const asked = new URL(location.href).searchParams.get('race');
    if (asked) this.open(asked);
  }

  /** @param {object[]} experiments `{title?, recipe, loss, dataset, settings}` each @returns {Promise<boolean>} */
  async start(experiments, seconds, seed) {
    const answer = await post('races', { experiments, seconds, seed });
    if (!answer.ok) {
      store.say(answer.error, 'error');
      return false;
    }
    const { race: id, runs, token } = answer.data;
    if (token) for (const each of [id, ...runs]) remember(each, token);
    this.enterFrom(id);
    return true;
  }

  /** Put the race into the address and show it. @param {string} id */
  enterFrom(id) {
    const address = new URL(location.href);
    address.searchParams.delete('run');
    address.searchParams.set('race', id);
    history.pushState(history.state, '', address);
    store.say('');
    this.open(id);
  }

  /** @param {string} id */
  open(id) {
    this.close();
    this.id = id;
    this.members = [];
    this.connect();
    this.emit('race');
  }

  /** Leave the race: the page shows one run again. */
  leave() {
    this.close();
    const address = new URL(location.href);
    address.searchParams.delete('race');
    history.pushState(history.state, '', address);
    this.emit('race');
    store.begin();
  }

  close() {
    this.source?.close();
    this.source = null;
    this.id = '';
  }

  connect() {
    const id = this.id;
    const source = new EventSource(route(`races/${encodeURIComponent(id)}/events`));
    this.source = source;
    source.onmessage = (event) => source === this.source && this.receive(JSON.parse(event.data));
    source.onerror = () => {
      if (source !== this.source || source.readyState !== EventSource.CLOSED) return;
      if (!this.members.length) this.missing(id);
      else setTimeout(() => this.id === id && this.connect(), RETRY_MS);
    };
  }

  missing(id) {
    store.say(t('race.missing', { race: id.slice(0, 40) }), 'error');
    this.leave();
  }

  receive(data) {
    if (data.type === 'race') {
      this.enter(data);
      return;
    }
    const member = this.members.find(({ id }) => id === data.run);
    if (!member) return;
    member.model.receive(data, member.frames);
    if (this.members.every(({ model }) => model.run && isFinal(model.run.state) && !model.run.measuring)) {
      this.source?.close(); // nothing more comes; left open, the browser would ask for it again and again
    }
    this.emit('news');
  }

  /** The members, in the order of the race; those already known keep what they have. */
  enter({ runs, titles }) {
    const known = new Map(this.members.map((member) => [member.id, member]));
    this.members = runs.map((id, place) => {
      const model = known.get(id)?.model ?? new RunModel();
      return { id, title: say(titles[place]) || String.fromCharCode(65 + place), model, frames: new Frames(id) };
    });
    this.emit('race');
  }

  /** @param {'pause' | 'resume' | 'stop' | 'extend'} action */
  async control(action, extra = {}) {
    const id = this.id;
    const answer = await post(`races/${encodeURIComponent(id)}/${action}`, { token: tokenOf(id), ...extra });
    if (!answer.ok) store.say(answer.error, 'error');
    else if (this.id === id && this.source?.readyState !== EventSource.OPEN) this.connect();
    return answer.ok;
  }

  /**
   * The members by their digit-FD at the last moment of training that all of them have been measured at, best first;
   * those not measured yet come last. Comparing the newest figures would favour whoever was measured last.
   * @returns {{member: object, figure: number}[]} infinity where there is none
   */
  standing() {
    const last = this.members.map(({ model }) => model.probes.figures()?.seconds ?? Infinity);
    const common = Math.min(...last) + TOGETHER_SECONDS;
    const list = this.members.map((member) => ({ member, figure: figureBefore(member.model.probes, common) }));
    return list.sort((one, other) => one.figure - other.figure);
  }

  emit(name) {
    this.dispatchEvent(new Event(name));
  }
}

/** @param {import('./probes.js').Probes} probes @param {number} seconds of training */
function figureBefore(probes, seconds) {
  return probes.list.findLast((probe) => probe.figures && probe.seconds <= seconds)?.figures.digit_fd ?? Infinity;
}

export const race = new RaceStore();

function makeRoom() {
  race.close();
  race.emit('race');
}

store.on('adopt', () => race.isOpen && makeRoom());

window.addEventListener('popstate', () => {
  const asked = new URL(location.href).searchParams.get('race') ?? '';
  if (asked === race.id) return;
  if (asked) race.open(asked);
  else makeRoom();
});
