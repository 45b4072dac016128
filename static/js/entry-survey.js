// The survey: nothing of an answer is left for the next person.
//
// A page that the browser kept for its back button is loaded anew, and on a shared device a form
// that nobody touches for two minutes begins afresh.
const IDLE_MILLISECONDS = 120_000;

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// After a form with errors the browser would offer to send it again, with all that was ticked.
history.replaceState(null, "", location.href);

const form = document.querySelector("[data-survey]");
const fresh = form?.dataset.surveyShared;
if (fresh) {
  let timer = 0;
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      form.reset();
      location.replace(fresh);
    }, IDLE_MILLISECONDS);
  };
  for (const kind of ["pointerdown", "keydown", "change", "scroll"]) {
    addEventListener(kind, begin, { passive: true });
  }
  begin();
}
