// The window in which somebody signed in, back from the provider: it hands what it was told to the page that opened it.
// It does nothing else, and keeps nothing; where no page answers, the visitor carries the code over.

const CHANNEL = 'aigc-sign-in';
const PATIENCE_MS = 3000;

const words = document.body.dataset;
const [status, box] = document.querySelectorAll('p');
const [code, copy] = [box.querySelector('code'), box.querySelector('button')];

const query = new URLSearchParams(location.search);
history.replaceState(null, '', location.pathname); // the code is in no history
const handed = query.get('code') && query.get('state') ? `${query.get('state')}.${query.get('code')}` : '';
const channel = 'BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : null;

let answered = false;
const hear = ({ aigcSignedIn }) => {
  if (typeof aigcSignedIn !== 'boolean') return;
  answered = true;
  box.hidden = true;
  status.textContent = aigcSignedIn ? words.done : words.denied;
  if (aigcSignedIn) window.close();
};
window.addEventListener('message', (event) => event.origin === location.origin && hear(event.data));
if (channel) channel.onmessage = ({ data }) => hear(data);

status.textContent = handed ? words.handing : words.denied;
const message = { aigcSignIn: handed };
if (window.opener) window.opener.postMessage(message, location.origin); // to a page of ours, or to nobody
else channel?.postMessage(message);

if (handed) {
  setTimeout(() => {
    if (answered) return;
    status.textContent = words.paste;
    code.textContent = handed;
    box.hidden = false;
  }, PATIENCE_MS);
}
copy.addEventListener('click', () => navigator.clipboard?.writeText(handed).then(() => (copy.textContent = words.copied), () => {}));
