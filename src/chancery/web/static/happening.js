import { wire } from "./pane.js";

wire(document.getElementById("main"));
