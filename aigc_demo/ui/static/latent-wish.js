// What other tabs want to see in the latent studio, kept until its scripts have come and it is made.

export const wish = {
  model: '', // the model to be shown, by its id,
  panel: '', // and the panel to be opened
  beside: '', // the model to be compared with it
};

addEventListener('aigc:model', ({ detail }) => Object.assign(wish, { model: String(detail?.id ?? ''), panel: String(detail?.panel ?? '') }));
addEventListener('aigc:compare', ({ detail }) => (wish.beside = String(detail?.id ?? '')));
