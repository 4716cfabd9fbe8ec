// A pocket page's entry: a generator, drawn with from the very file that holds it. Nothing here asks a server.

import { setText } from './dom.js';
import { startLanguage, startTheme } from './frozen-frame.js';
import { catalogue, loadCatalogue, t } from './i18n.js';
import { keyPressed } from './latent-keys.js';
import { state } from './latent-state.js';
import { aboutModel } from './pocket-about.js';
import { Check } from './pocket-check.js';
import { Pocket } from './pocket-studio.js';

await loadCatalogue();
const { model } = catalogue;
const { check, licence } = window.aigcFrozen;
startLanguage();
startTheme();
document.title = t('pocket.title', { model: model.title });
setText(document.getElementById('pocket-about'), t('pocket.about'));
document.getElementById('pocket-old').remove();
customElements.define('aigc-latent', Pocket); // the studio's name, and with it the studio's look
const checked = new Check(state, check);
document.getElementById('pocket-model').append(...aboutModel(model, licence, checked.element));
addEventListener('keydown', (event) => keyPressed(event, state));
document.body.dataset.aigcReady = '';
checked.run();
