// While a body's name is typed: asks which registered names are like it, and says them aloud politely.
// Without this script the same list appears when the form is sent.
"use strict";
(function () {
  var WAIT = 350; // milliseconds after the last letter
  var SHORTEST = 3; // letters

  function line(found) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    link.href = found.url;
    link.textContent = found.title;
    var small = document.createElement("small");
    small.textContent = " " + found.small;
    item.append(link, small);
    return item;
  }

  function show(box, answer) {
    box.replaceChildren();
    box.hidden = !answer.found.length;
    if (box.hidden) return;
    var says = document.createElement("p");
    says.textContent = answer.says;
    var list = document.createElement("ul");
    list.className = "plain";
    list.append.apply(list, answer.found.map(line));
    box.append(says, list);
  }

  function watch(input) {
    var box = document.createElement("div");
    box.className = "note warn";
    box.setAttribute("aria-live", "polite");
    box.hidden = true;
    input.insertAdjacentElement("afterend", box);
    var timer, newest = 0;

    input.addEventListener("input", function () {
      clearTimeout(timer);
      var asked = ++newest;
      var name = input.value.trim();
      if (name.length < SHORTEST) {
        show(box, { found: [] });
        return;
      }
      timer = setTimeout(function () {
        fetch(input.dataset.similar + "?nama=" + encodeURIComponent(name), { headers: { Accept: "application/json" } })
          .then(function (response) { return response.ok ? response.json() : { found: [] }; })
          .then(function (answer) { if (asked === newest) show(box, answer); })
          .catch(function () { /* no connection: the list appears when the form is sent */ });
      }, WAIT);
    });
  }

  document.querySelectorAll("input[data-similar]").forEach(watch);
})();
