// Runs before everything else, in words any browser understands: says so when this one cannot run the game.

(function () {
  var able =
    "noModule" in document.createElement("script") &&
    typeof WebAssembly === "object" &&
    typeof BigInt64Array === "function" &&
    typeof WebAssembly.Exception === "function" &&
    typeof Array.prototype.at === "function";
  if (able) return;
  document.documentElement.className = "old";
  document.addEventListener("DOMContentLoaded", function () {
    document.getElementById("old").hidden = false;
    document.getElementById("join").hidden = true;
    document.getElementById("loading").hidden = true;
  });
})();
