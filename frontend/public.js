// The portal's bundle.
import "./scss/public.scss";
import "./application.js";
