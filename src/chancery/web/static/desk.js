// What every screen has: keys, and the quiet line that offers new material. Without this script
// every page says the same; with it, one types less.
import { keys } from "./keys.js";
import { watch } from "./news.js";
import { share } from "./share.js";

keys();
watch();
share();
