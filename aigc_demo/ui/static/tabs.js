// The tab in the address: `#generate` opens it, a click on a tab writes it.

const NAMES = ['train', 'generate', 'explain', 'models'];
const buttonOf = (name) => document.getElementById(`tab-${name}-button`) ?? document.querySelector(`button#tab-${name}`);

/** @param {string} name */
export function openTab(name) {
  if (NAMES.includes(name)) buttonOf(name)?.click();
}

export function startTabs() {
  document.addEventListener('click', (event) => {
    const name = NAMES.find((candidate) => buttonOf(candidate)?.contains(event.target));
    if (!name) return;
    dispatchEvent(new CustomEvent('aigc:tab', { detail: name }));
    if (location.hash.split('/')[0] === `#${name}`) return;
    const address = new URL(location.href);
    address.hash = name === NAMES[0] ? '' : name;
    history.replaceState(history.state, '', address);
  });
  openTab(location.hash.slice(1).split('/')[0]); // what follows is a place in the tab
}
