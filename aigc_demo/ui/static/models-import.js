// Bringing a model in: a zip, or its files one by one; the server checks every byte of them before it takes them.

import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { route, t } from './i18n.js';
import { knownIds, models } from './model-list.js';
import { remember } from './run-store.js';
import { storedZip } from './zip-stored.js';

const NAMES = ['config.json', 'generator.safetensors', 'discriminator.safetensors', 'README.md', 'samples.png'];
const ACCEPTED = '.zip,.json,.safetensors,.md,.png';
const MEGA = 1e6;

/**
 * Open the dialog. @param {File[]} [files] what was dropped on the page
 * @param {(result: {id: string, duplicate: boolean}) => void} [imported]
 */
export function openImport(files = [], imported = () => {}) {
  const dialog = new ImportDialog(imported);
  if (files.length) dialog.send(files);
}

class ImportDialog {
  constructor(imported) {
    this.imported = imported;
    this.input = make('input.aigc-unseen', { type: 'file', multiple: true, accept: ACCEPTED, id: 'models-import-files', tabindex: -1,
      onchange: () => this.send([...this.input.files]) });
    this.choose = make('button.aigc-primary', { type: 'button', onclick: () => this.input.click() }, t('models.importChoose'));
    this.stop = make('button.aigc-quiet', { type: 'button', hidden: true, onclick: () => this.request?.abort() }, t('models.importStop'));
    this.name = make('input', { type: 'text', maxlength: 60, autocomplete: 'off', dir: 'auto' });
    this.bar = make('progress', { max: 1, value: 0, hidden: true, 'aria-label': t('models.importSending') });
    this.status = make('p.aigc-import-status', { role: 'alert' });
    const drop = make('div.aigc-drop', {}, make('p', {}, t('models.importDrop')), this.choose, this.input);
    this.dialog = openDialog(t('models.import'), make('p', {}, t('models.importAbout', { most: models.megabytes })), drop,
      make('label.aigc-field', {}, make('span', {}, t('models.importName')), this.name),
      make('div.aigc-row', {}, this.bar, this.stop), this.status);
    this.dialog.id = 'models-import';
    this.dialog.addEventListener('close', () => this.request?.abort());
    takesFiles(this.dialog, (files) => this.send(files));
    this.choose.focus();
  }

  /** @param {File[]} files one zip, or a model's files */
  async send(files) {
    this.input.value = '';
    if (this.request || !files.length) return;
    const wrong = complaint(files);
    if (wrong) return this.say(wrong, 'error');
    const parts = await readParts(files).catch(() => null);
    if (!parts) return this.say(t('models.importUnread'), 'error');
    this.upload(new Blob(parts, { type: 'application/zip' }));
  }

  upload(body) {
    const address = route('models/import');
    const name = this.name.value.trim();
    if (name) address.searchParams.set('name', name);
    address.searchParams.set('runs', knownIds().join(','));
    const request = new XMLHttpRequest(); // fetch tells nothing of how much it has sent
    this.request = request;
    this.show(true);
    request.open('POST', address);
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/zip');
    request.upload.addEventListener('progress', ({ loaded, total }) => this.progress(loaded, total));
    request.addEventListener('load', () => this.answered(request));
    request.addEventListener('error', () => this.end(t('error.offline')));
    request.addEventListener('abort', () => this.end(t('models.importStopped')));
    request.send(body);
    this.say(t('models.importSending'));
  }

  progress(loaded, total) {
    this.bar.value = total ? loaded / total : 0;
    if (loaded < total) return;
    this.bar.removeAttribute('value'); // how long the check takes nobody knows
    this.say(t('models.importChecking'));
  }

  async answered(request) {
    const answer = request.response ?? {};
    if (request.status !== 200) return this.end(typeof answer.error === 'string' ? answer.error : t('error.unknown'));
    if (answer.token) remember(answer.id, answer.token);
    await models.refresh(true);
    this.end('');
    this.dialog.close();
    this.imported(answer);
  }

  end(words) {
    this.request = null;
    this.show(false);
    this.say(words, 'error');
  }

  show(going) {
    this.bar.hidden = this.stop.hidden = !going;
    this.choose.disabled = this.name.disabled = going;
  }

  say(text, level = '') {
    setText(this.status, text);
    this.status.dataset.level = level;
  }
}

/** What is wrong with this choice of files, or ''. @param {File[]} files */
export function complaint(files) {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (models.megabytes && size > models.megabytes * MEGA) return t('models.importLarge', { most: models.megabytes });
  const zips = files.filter(isZip);
  if (zips.length) return files.length > 1 ? t('models.importOneZip') : '';
  const names = files.map(plainName);
  const isComplete = names.includes(NAMES[0]) && names.includes(NAMES[1]);
  return isComplete ? '' : t('models.importNeeds', { config: NAMES[0], weights: NAMES[1] });
}

const isZip = ({ name }) => name.toLowerCase().endsWith('.zip');

/** A browser writes “config (1).json” where it saves a file of that name again. */
const plainName = ({ name }) => name.replace(/ ?\(\d+\)(?=\.)/, '');

async function readParts(files) {
  if (files.length === 1 && isZip(files[0])) return [await files[0].arrayBuffer()];
  const ours = files.filter((file) => NAMES.includes(plainName(file)));
  return storedZip(await Promise.all(ours.map(async (file) => ({ name: plainName(file), bytes: new Uint8Array(await file.arrayBuffer()) }))));
}

/** Let files be dropped on an element. @param {HTMLElement} element @param {(files: File[]) => void} take */
export function takesFiles(element, take) {
  const holds = (event) => [...(event.dataTransfer?.items ?? [])].some(({ kind }) => kind === 'file');
  element.addEventListener('dragover', (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    element.classList.add('aigc-dropping');
  });
  element.addEventListener('dragleave', (event) => element.contains(event.relatedTarget) || element.classList.remove('aigc-dropping'));
  element.addEventListener('drop', (event) => {
    element.classList.remove('aigc-dropping');
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    take([...event.dataTransfer.files]);
  });
}
