// The element of the Models tab, fetched when it is first opened.

import { Models } from './models.js';

customElements.define('aigc-models', Models);
