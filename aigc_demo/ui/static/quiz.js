// <aigc-quiz>: keeps the score of ten experiments that had to be predicted. What was answered outlives a reload.

import { make, setText } from './dom.js';
import { t } from './i18n.js';

const MEMORY = 'aigc-quiz';

export class Quiz extends HTMLElement {
  connectedCallback() {
    if (this.score) return;
    this.questions = [...this.querySelectorAll('[data-question]')];
    this.answers = remembered();
    this.score = make('p.aigc-quiz-score', { role: 'status', id: 'quiz-score' });
    this.prepend(this.score);
    this.addEventListener('aigc:concluded', ({ target, detail }) => this.take(target.closest('[data-question]'), detail));
    this.show();
  }

  /** @param {HTMLElement} question @param {{right: boolean | null, holds: boolean}} outcome `right` null: nothing had been chosen */
  take(question, { right, holds }) {
    if (!question) return;
    question.querySelector('.aigc-quiz-why').hidden = false;
    if (!holds) return void setText(this.score, t('quiz.surprise'));
    const key = question.dataset.question;
    if (right === null || key in this.answers) return this.show(); // the first answer counts
    this.answers[key] = right;
    remember(this.answers);
    this.show();
  }

  show() {
    const keys = this.questions.map(({ dataset }) => dataset.question);
    const done = keys.filter((key) => key in this.answers).length;
    const right = keys.filter((key) => this.answers[key]).length;
    setText(this.score, t(done === keys.length ? 'quiz.all' : 'quiz.score', { right, done, all: keys.length }));
    for (const question of this.questions) {
      const answer = this.answers[question.dataset.question];
      if (answer !== undefined) question.dataset.answered = answer ? 'right' : 'wrong';
    }
  }
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(MEMORY)) ?? {};
  } catch {
    return {};
  }
}

function remember(answers) {
  try {
    localStorage.setItem(MEMORY, JSON.stringify(answers));
  } catch {
    // the score lasts as long as the page
  }
}
