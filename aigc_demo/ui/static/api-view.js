// The API's view: what every endpoint takes and answers, with examples that run, at `?view=api`.

import { get } from './api.js';
import { copyText } from './clipboard.js';
import { openDialog } from './dialog.js';
import { make, setText } from './dom.js';
import { lang, route, t } from './i18n.js';

const NAME = 'view';
const VALUE = 'api';
const HERE = new URL('./', document.baseURI).href; // the page's own address: clients want the language's

/** The footer's link opens the view, and so does an address that says so. */
export function startApiView() {
  document.getElementById('aigc-api')?.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openApiView();
  });
  if (new URL(location.href).searchParams.get(NAME) === VALUE) openApiView();
}

async function openApiView() {
  const body = make('div.aigc-api');
  const dialog = openDialog(t('api.title'), body);
  dialog.id = 'aigc-api-view';
  dialog.classList.add('aigc-wide');
  mark(true);
  dialog.addEventListener('close', () => mark(false));
  const answer = await get(`endpoints/${lang}.json`);
  if (!answer.ok) return void body.append(make('p', { role: 'alert' }, answer.error));
  const { endpoints, limits, mcp } = answer.data;
  const sections = [...endpoints.map(endpointSection), mcpSection(mcp)];
  body.append(
    make('p', {}, t('api.intro')),
    make('p', {}, t('api.install'), ' ', make('code', {}, 'pip install gradio_client'), ' ', t('api.telemetry')),
    make('p', {}, t('api.wrong')),
    contents(sections),
    ...sections,
    limitsSection(limits),
    make('p.aigc-hint', {}, `${t('api.schema')}: `, make('a', { href: `${HERE}gradio_api/info`, target: '_blank' }, 'gradio_api/info')));
  dialog.dataset.ready = '';
}

/** The address says what is open, so that it can be handed on. */
function mark(isOpen) {
  const address = new URL(location.href);
  if (isOpen) address.searchParams.set(NAME, VALUE);
  else address.searchParams.delete(NAME);
  history.replaceState(history.state, '', address);
}

/** Buttons, since a link's fragment is the page's tab. */
function contents(sections) {
  const go = (section) => make('button.aigc-quiet', {
    type: 'button',
    onclick: () => {
      section.scrollIntoView();
      section.querySelector('h3').focus({ preventScroll: true });
    },
  }, section.dataset.name);
  return make('nav.aigc-row', { 'aria-label': t('api.list') }, ...sections.map(go));
}

function endpointSection(item) {
  return make('section', { id: `api-${item.key}`, 'data-name': `/${item.key}` },
    make('h3', { tabindex: -1 }, make('code', {}, `/${item.key}`), ` ${item.title}`),
    make('p', {}, item.about),
    make('h4', {}, t('api.takes')),
    parameterTable(item.parameters),
    make('h4', {}, t(item.streams ? 'api.stream' : 'api.answers')),
    make('dl', {}, ...item.answers.flatMap(({ name, about }) => [make('dt', {}, make('code', {}, name)), make('dd', {}, about)])),
    make('h4', {}, t('api.refuses')),
    make('ul', {},
      ...item.refusals.map((sentence) => make('li', {}, sentence)),
      make('li', {}, t('api.atOnce', { n: item.at_once, cost: item.cost }))),
    ...Object.entries(item.examples).map(([language, code]) => example(language, `/${item.key}`, code)));
}

function parameterTable(parameters) {
  const heads = ['api.name', 'api.range', 'api.default', 'api.meaning'];
  const row = (item) => make('tr', {},
    make('th', { scope: 'row' }, make('code', {}, item.name)),
    make('td', {}, ...rangeOf(item)),
    make('td', {}, item.needed ? t('api.needed') : make('code', {}, JSON.stringify(item.default))),
    make('td', {}, item.about));
  return make('div.aigc-scroll', { tabindex: 0, role: 'region', 'aria-label': t('api.takes') },
    make('table', {},
      make('thead', {}, make('tr', {}, ...heads.map((key) => make('th', { scope: 'col' }, t(key))))),
      make('tbody', {}, ...parameters.map(row))));
}

/** The type, what bounds it, and the names that there are. */
function rangeOf(item) {
  const parts = [make('code', {}, item.type)];
  if (item.least !== null) parts.push(` ${item.least.toLocaleString('en')} – ${item.most.toLocaleString('en')}`);
  if (item.nullable) parts.push(` ${t('api.null')}`);
  if (item.choices) {
    parts.push(make('details', {},
      make('summary', {}, t('api.choices', { n: item.choices.length })),
      make('code', {}, item.choices.join(', '))));
  }
  return parts;
}

/** A piece of code with its language and a button that copies it. */
function example(language, name, template) {
  const code = template.replaceAll('{address}', HERE).trimEnd();
  const copy = make('button.aigc-quiet', { type: 'button' }, t('api.copy'));
  copy.addEventListener('click', async () => {
    await copyText(code);
    setText(copy, t('api.copied'));
    setTimeout(() => setText(copy, t('api.copy')), 1500);
  });
  return make('figure', { 'data-language': language },
    make('figcaption', {}, make('span', {}, language), copy),
    make('pre.aigc-code', { tabindex: 0, 'aria-label': t('api.example', { language, name }) }, make('code', {}, code)));
}

function mcpSection(mcp) {
  const settings = JSON.stringify({ mcpServers: { 'aigc-demo': { type: 'http', url: `{address}${mcp.path}` } } }, null, 2);
  const rest = mcp.on
    ? [
      make('p', {}, t('api.mcpAbout')),
      example('MCP', 'MCP', settings),
      make('dl', { 'aria-label': t('api.tool') }, ...mcp.tools.flatMap(({ name, about }) => [make('dt', {}, make('code', {}, name)), make('dd', {}, about)])),
      ...(mcp.trains ? [] : [make('p.aigc-hint', {}, t('api.mcpTrain'))]),
    ]
    : [make('p', {}, t('api.mcpOff'))];
  return make('section', { id: 'api-mcp', 'data-name': 'MCP' }, make('h3', { tabindex: -1 }, t('api.mcp')), ...rest);
}

function limitsSection(limits) {
  const item = (key, values) => make('li', {}, t(key, values));
  const counted = [['api.perVisitor', limits.per_visitor], ['api.perMinute', limits.per_minute]]
    .filter(([, n]) => n)
    .map(([key, n]) => item(key, { n: n.toLocaleString('en') }));
  return make('section', { id: 'api-limits' },
    make('h3', {}, t('api.limits')),
    make('ul', {},
      ...(counted.length ? counted : [item('api.unlimited')]),
      ...(limits.runs_per_visitor ? [item('api.runs', { n: limits.runs_per_visitor })] : []),
      item('api.seconds', { n: limits.seconds.toLocaleString('en'), queue: limits.queue }),
      item('api.waiting', { n: limits.waiting }),
      item('api.bytes', { n: limits.bytes / 1e6 })));
}
