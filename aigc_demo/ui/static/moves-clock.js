// What makes things move: one step a frame of the screen, the next only when the last is done, and none while still.

const LONGEST = 0.1; // seconds: after a stall things go on from where they were

export class Clock {
  /** @param {(seconds: number) => void | Promise<void>} step @param {() => void} [changed] it was started or stopped */
  constructor(step, changed = () => {}) {
    this.step = step;
    this.changed = changed;
    this.turn = 0; // grows with every start and stop: a step that ends after its time is no longer heard
    this.runs = false;
  }

  start() {
    if (this.runs) return;
    this.runs = true;
    this.turn += 1;
    this.last = performance.now();
    this.next(this.turn);
    this.changed();
  }

  stop() {
    if (!this.runs) return;
    this.runs = false;
    this.turn += 1;
    cancelAnimationFrame(this.frame);
    this.changed();
  }

  next(turn) {
    this.frame = requestAnimationFrame(async () => {
      const now = performance.now();
      const seconds = Math.min(LONGEST, (now - this.last) / 1000);
      this.last = now;
      await this.step(seconds);
      if (this.runs && turn === this.turn) this.next(turn);
    });
  }
}
