#!/usr/bin/env bash
# @resvg/resvg-js 2.6.2: a line with stroke-dasharray="1,0", which is a solid line, is not drawn where it is more than a million units long, although most
# of it may be outside the picture; without the attribute it is drawn. Charts write solid lines among dashed ones like that. Fails when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-save @resvg/resvg-js@2.6.2 >/dev/null
cat > case.mjs <<'JS'
import { Resvg } from "@resvg/resvg-js";

const drawn = (length, dashes) => {
  const line = `<path d="M50,50L50,${length}" stroke="black" stroke-width="2"${dashes}/>`;
  const { pixels } = new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">${line}</svg>`).render();
  return pixels.filter((value, i) => i % 4 === 3 && value > 0).length;
};
const dashed = ' stroke-dasharray="1,0"';
const seen = { short: drawn(100, dashed), long: drawn(2e6, dashed), longWithout: drawn(2e6, "") };
console.log(`@resvg/resvg-js 2.6.2, pixels of a line of 50 units in the picture: with "1,0" ${seen.short}, 2e6 units long with "1,0" ${seen.long}, without ${seen.longWithout}`);
process.exit(seen.short > 0 && seen.long === 0 && seen.longWithout === seen.short ? 0 : 1);
JS
node case.mjs
