#!/usr/bin/env bash
# @pnpm/tabtab 0.5.4: in bash, a completer that asks for names of files (logFiles) gets the files whose names begin with
# the NUMBER of the word under the cursor, not with its text.
#
# The script for bash runs `compgen -f -- "$cword"`, where `cword` is the index of the word. In a folder with mine.json and
# 2nd.json, "prog run mi" + TAB offers 2nd.json. Where no file begins with that digit the list is empty and bash's own
# completion of files steps in, which hides it. zsh and fish have a completion of their own and are right.
# Seen 2026-11-30: offered "2nd.json". What helps: print nothing in bash, so that `complete -o default` completes files.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix library @pnpm/tabtab@0.5.4 > /dev/null

cat > prog <<'PROGRAM'
#!/usr/bin/env node
const tabtab = require("./library/node_modules/@pnpm/tabtab");
if (process.argv[2] === "completion-server") tabtab.logFiles();
else tabtab.getCompletionScript({ name: "prog", completer: "./prog", shell: "bash" }).then((script) => process.stdout.write(script));
PROGRAM
chmod +x prog
touch mine.json 2nd.json

# shellcheck disable=SC1090
source <(./prog)
COMP_WORDS=(prog run mi) COMP_CWORD=2 COMP_LINE="prog run mi" COMP_POINT=11 COMPREPLY=()
_prog_completion
echo "offered: ${COMPREPLY[*]}"
[ "${COMPREPLY[*]}" = "2nd.json" ]
