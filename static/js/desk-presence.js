"use strict";
{
  // Tells twice a minute that this page is open, and shows who else has it open. A hint: nothing depends on it.
  const EVERY = 30_000;
  const box = document.getElementById("here");
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const names = box?.querySelector(".here-names");

  const tell = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(box.dataset.url, { method: "POST", headers: { "X-CSRFToken": token } });
      if (!answer.ok || answer.redirected) return;
      const { here } = await answer.json();
      const text = here.map((other) => other.name).join(", ");
      if (names.textContent.trim() !== text) names.textContent = text;
      box.hidden = !here.length;
    } catch {
      // Away from the network: the next call tells.
    }
  };

  if (box && names && token) {
    tell();
    setInterval(tell, EVERY);
    document.addEventListener("visibilitychange", tell);
  }
}
