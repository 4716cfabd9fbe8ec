// The elements of the Explain tab, fetched when it is first opened.

import { Dirac } from './dirac.js';
import { ExperimentElement } from './experiment.js';
import { ExplainDocument } from './explain-document.js';
import { Glossary } from './glossary-list.js';
import { Logits } from './losses.js';
import { Networks } from './networks.js';
import { PaperAttention } from './papers-attention.js';
import { PaperFading } from './papers-fading.js';
import { PaperStyle } from './papers-style.js';
import { PaperTtur } from './papers-ttur.js';
import { Papers } from './papers.js';
import { Plane } from './plane.js';
import { Quiz } from './quiz.js';
import { Textbook } from './textbook.js';

const ELEMENTS = {
  dirac: Dirac,
  experiment: ExperimentElement,
  explain: ExplainDocument,
  glossary: Glossary,
  logits: Logits,
  networks: Networks,
  'paper-attention': PaperAttention,
  'paper-fading': PaperFading,
  'paper-style': PaperStyle,
  'paper-ttur': PaperTtur,
  papers: Papers,
  plane: Plane,
  quiz: Quiz,
  textbook: Textbook,
};

for (const [name, kind] of Object.entries(ELEMENTS)) customElements.define(`aigc-${name}`, kind);
