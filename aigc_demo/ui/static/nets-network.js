// One network from top to bottom: a box for each layer, its shares, and, on a click, all that is known of it.

import { make } from './dom.js';
import { t } from './i18n.js';
import { drawBox } from './nets-box.js';
import { aboutText, kindText, optionsOf, shapeText, share, sources, sums, weightsOf } from './nets-facts.js';
import { count } from './numbers.js';

/** @param {import('./nets-facts.js').Network} network @param {string} title the network's name @returns {HTMLElement} */
export function drawNetwork(network, title) {
  const all = sums(network);
  const total = { total: count(all.parameters), trainable: count(all.trainable), work: count(all.multiplications) };
  return make('section.aigc-network', { 'data-player': network.player, 'aria-label': t(`nets.${network.player}`) },
    make('h4', {}, t(`nets.${network.player}`), ' ', make('small', {}, title)),
    make('p.aigc-caption', {}, t(network.player === 'g' ? 'nets.total' : 'nets.totalD', total)),
    make('ol', {}, ...network.layers.map((layer, place) => drawLayer(network, layer, place, all))),
    table(network, all));
}

function drawLayer(network, layer, place, all) {
  const id = `nets-${network.player}-${layer.name}`;
  const from = sources(network.layers, place);
  const outputs = Object.entries(network.outputs).filter(([, name]) => name === layer.name).map(([name]) => name);
  const detail = make('div.aigc-layer-detail', { id, hidden: true });
  const open = () => {
    if (!detail.childElementCount) detail.append(...detailOf(layer, all));
    detail.hidden = !detail.hidden;
    button.setAttribute('aria-expanded', String(!detail.hidden));
  };
  const button = make('button.aigc-layer', { type: 'button', 'aria-expanded': 'false', 'aria-controls': id, onclick: open },
    make('span.aigc-layer-box', {}, drawBox(layer.shape)),
    make('span.aigc-layer-words', {},
      make('b', {}, kindText(layer)), ' ', make('code', {}, layer.name),
      make('span.aigc-layer-shape', {}, shapeText(layer.shape)),
      ...(from.length ? [make('small', {}, t('nets.from', { names: from.join(', ') }))] : []),
      ...(outputs.length ? [make('small', {}, t('nets.output', { name: outputs.join(', ') }))] : [])),
    make('span.aigc-layer-shares', {},
      bar('parameters', layer.parameters, all.parameters), bar('multiplications', layer.multiplications, all.multiplications)));
  return make('li', { 'data-layer': layer.name, 'data-joined': from.length || layer.kind === 'InputLayer' ? null : '' }, button, detail);
}

function bar(key, part, all) {
  const words = part ? count(part) : '–';
  return make('span.aigc-share', { 'data-share': key, title: `${t(`nets.${key}`)}: ${t('nets.shareOf', { n: count(part), share: share(part, all) })}` },
    make('i', { style: `--share:${all ? part / all : 0}`, 'aria-hidden': 'true' }),
    make('span', {}, make('span.aigc-unseen', {}, `${t(`nets.${key}`)}: `), words));
}

function detailOf(layer, all) {
  const shared = (part, whole) => (part ? t('nets.shareOf', { n: count(part), share: share(part, whole) }) : t('nets.none'));
  const facts = [
    ...optionsOf(layer), [t('nets.shape'), shapeText(layer.shape)], ...weightsOf(layer),
    [t('nets.parameters'), shared(layer.parameters, all.parameters)], [t('nets.multiplications'), shared(layer.multiplications, all.multiplications)],
  ];
  return [make('p', {}, aboutText(layer)), make('dl', {}, ...facts.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))))];
}

/** The same for who would rather read it. */
function table({ layers, player }, all) {
  const heads = ['layer', 'kind', 'shape', 'parameters', 'trainable', 'multiplications'].map((name) => make('th', { scope: 'col' }, t(`nets.${name}`)));
  const row = (name, kind, ...cells) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, kind), ...cells.map((cell) => make('td', {}, cell)));
  const rows = layers.map((layer) => row(layer.name, kindText(layer), shapeText(layer.shape), count(layer.parameters), count(layer.trainable), count(layer.multiplications)));
  return make('details.aigc-network-table', {}, make('summary', {}, t('nets.table')),
    make('div', { tabindex: 0, role: 'region', 'aria-label': t(`nets.${player}`) },
      make('table', {}, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...rows),
        make('tfoot', {}, row('Σ', '', '', count(all.parameters), count(all.trainable), count(all.multiplications))))));
}
