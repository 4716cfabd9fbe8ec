// The element of the Generate tab, fetched when it is first opened.

import { Latent } from './latent.js';

customElements.define('aigc-latent', Latent);
