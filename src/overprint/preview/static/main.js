// Puts the parts of the page together.

import * as comments from "./comments.js";
import * as cover from "./cover.js";
import * as findings from "./findings.js";
import * as keys from "./keys.js";
import * as reader from "./reader.js";
import * as spreads from "./spreads.js";
import { follow } from "./state.js";
import * as status from "./status.js";
import * as views from "./views.js";

for (const part of [views, status, spreads, reader, cover, findings, comments, keys]) part.start();
spreads.onTurn(reader.goTo);
reader.onRead((label) => spreads.showLabel(label, { quiet: true }));
follow();
