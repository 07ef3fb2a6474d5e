// The workbench's bundle.
import "./scss/desk.scss";
import { application } from "./application.js";
import Keys from "./controllers/keys.js";
import Palette from "./controllers/palette.js";

application.register("keys", Keys);
application.register("palette", Palette);
