// The map of buildings: shapes of our own, no tiles and no word to other servers. Only pages with a map load it; without
// it, or where a browser has no WebGL 2, the list beside it tells the same.
import "maplibre-gl/dist/maplibre-gl.css";
import "./scss/map.scss";
import maplibre from "maplibre-gl/dist/maplibre-gl-csp.js";
import workerUrl from "maplibre-gl/dist/maplibre-gl-csp-worker.js?url";

const CLOSE_ENOUGH = 15;
const NOTHING = { type: "FeatureCollection", features: [] };
const FILLS = { here: "--brand", building: "--line-strong", facility: "--green" };

for (const element of document.querySelectorAll("[data-ground]")) begin(element);

function begin(element) {
  element.hidden = false;
  const note = element.querySelector(".ground__note");
  const features = JSON.parse(element.dataset.features);
  if (!features.features.length || !hasWebGL()) {
    note.textContent = element.dataset.none;
    return;
  }
  maplibre.setWorkerUrl(workerUrl);
  const map = new maplibre.Map({
    container: element.querySelector(".ground__map"),
    style: { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": colour("--sunken") } }] },
    bounds: bounds(features),
    fitBoundsOptions: { padding: 48, maxZoom: 18 },
    maxZoom: 20,
    minZoom: 10,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: { "NavigationControl.ZoomIn": element.dataset.in, "NavigationControl.ZoomOut": element.dataset.out, "Map.Title": element.dataset.name },
  });
  map.touchZoomRotate.disableRotation();
  map.scrollZoom.disable(); // a page that scrolls must not be caught by its map
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.on("load", () => {
    layer(map, "around", NOTHING, 0.35);
    layer(map, "found", features, 0.75);
    look(map, element, note);
    map.on("moveend", () => look(map, element, note));
    element.dataset.drawn = "true";
  });
  const open = ({ features: hit }) => {
    if (hit[0]?.properties.url) window.location.assign(hit[0].properties.url);
  };
  const show = ({ features: hit }) => {
    map.getCanvas().style.cursor = hit[0]?.properties.url ? "pointer" : "";
    note.textContent = hit[0]?.properties.title ?? "";
  };
  for (const id of ["around-shape", "found-shape", "found-point"]) {
    map.on("click", id, open);
    map.on("mousemove", id, show);
  }
}

/** Ask for the buildings in view, and draw them. */
async function look(map, element, note) {
  if (map.getZoom() < CLOSE_ENOUGH) {
    map.getSource("around").setData(NOTHING);
    note.textContent = element.dataset.wide;
    return;
  }
  const view = map.getBounds();
  const sides = { west: view.getWest(), south: view.getSouth(), east: view.getEast(), north: view.getNorth() };
  try {
    const answer = await fetch(`${element.dataset.view}?${new URLSearchParams(sides)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    map.getSource("around").setData(await answer.json());
    note.textContent = "";
  } catch {
    // The list still stands there; the next move asks again.
  }
}

function layer(map, id, data, opacity) {
  map.addSource(id, { type: "geojson", data });
  const fill = ["match", ["get", "what"], "here", colour(FILLS.here), "facility", colour(FILLS.facility), colour(FILLS.building)];
  map.addLayer({ id: `${id}-shape`, type: "fill", source: id, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": fill, "fill-opacity": opacity } });
  map.addLayer({ id: `${id}-edge`, type: "line", source: id, filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-color": fill, "line-width": 1.5 } });
  map.addLayer({ id: `${id}-point`, type: "circle", source: id, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": fill, "circle-radius": 7, "circle-stroke-width": 2, "circle-stroke-color": colour("--surface") } });
}

function bounds({ features }) {
  const around = new maplibre.LngLatBounds();
  const take = (place) => (typeof place[0] === "number" ? around.extend(place) : place.forEach(take));
  for (const one of features) take(one.geometry.coordinates);
  return around;
}

function colour(token) {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim() || "#777";
}

function hasWebGL() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}
