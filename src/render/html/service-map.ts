/** The call graph with the blamed component and the way to those who suffer: layers from callers to callees, one SVG. */
import type { MapEdge, MapNode, NodeState, ServiceMap } from '../../domain/report-view.ts';
import { truncate } from '../display-width.ts';
import { plainLine } from '../plain-text.ts';
import type { ReportWords } from '../words/report-words.ts';
import { layoutGraph, type Place } from './graph-layout.ts';
import { coordinate, html, type Markup, NOTHING } from './markup.ts';

const BOX_WIDTH = 148;
const BOX_HEIGHT = 32;
const COLUMN = 196;
const ROW = 46;
const MARGIN = 12;
const NAME_COLUMNS = 20;
/** Room for a name in its box; a wider one is drawn narrower. */
const NAME_WIDTH = BOX_WIDTH - 12;
const ARROW = 6;
/** More calls than this, and those that do not matter step back. */
const DENSE_EDGES = 40;

interface Point {
  readonly x: number;
  readonly y: number;
}

const middleOf = ({ column, row }: Place): Point => ({ x: MARGIN + BOX_WIDTH / 2 + column * COLUMN, y: MARGIN + row * ROW });

/** Level past the boxes of a layer, so that no line runs under one. */
const between = (place: Place, { source, destination }: MapEdge, points: ReadonlyMap<string, Point>): readonly Point[] => {
  const { x, y } = middleOf(place);
  const half = ((points.get(destination)?.x ?? 0) >= (points.get(source)?.x ?? 0) ? 1 : -1) * (BOX_WIDTH / 2);
  return [{ x: x - half, y }, { x: x + half, y }];
};

/** A smooth way with level ends. */
const curve = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => {
    const before = points[index - 1];
    if (before === undefined) return `M${coordinate(x)} ${coordinate(y)}`;
    const bend = (x - before.x) / 2;
    return `C${coordinate(before.x + bend)} ${coordinate(before.y)} ${coordinate(x - bend)} ${coordinate(y)} ${coordinate(x)} ${coordinate(y)}`;
  }).join('');

const edgeMarkup = ({ source, destination, state }: MapEdge, from: Point, way: readonly Point[], to: Point): Markup => {
  const right = to.x >= from.x ? 1 : -1;
  const start = { x: from.x + (right * BOX_WIDTH) / 2, y: from.y };
  const end = { x: to.x - right * (BOX_WIDTH / 2 + ARROW), y: to.y };
  const head = `M${coordinate(end.x + right * ARROW)} ${coordinate(end.y)}l${-right * ARROW} -4v8z`;
  return html`<g class="edge ${state}"><path d="${curve([start, ...way, end])}"/><path class="head" d="${head}"/><title>${source} → ${destination}</title></g>`;
};

/** Pixels that a letter takes at 12 px in a common sans-serif type, on the wide side. */
const letterWidth = (letter: string): number => {
  if (/[\u1100-\uffff]/.test(letter)) return 12;
  if (/[MWmw@]/.test(letter)) return 10.6;
  if (/[A-Z&%]/.test(letter)) return 8.4;
  return /[ijlftr.,:;|!'()[\]/ I-]/.test(letter) ? 4.2 : 7;
};

const squeezed = (label: string): Markup =>
  Array.from(label).reduce((width, letter) => width + letterWidth(letter), 0) > NAME_WIDTH ? html` textLength="${NAME_WIDTH}" lengthAdjust="spacingAndGlyphs"` : NOTHING;

const nodeMarkup = ({ name, state, hurts }: MapNode, { x, y }: Point, words: ReportWords): Markup => {
  const label = truncate(plainLine(name), NAME_COLUMNS);
  const bell = hurts ? html`<circle class="bell" cx="${coordinate(x + BOX_WIDTH / 2 - 1)}" cy="${coordinate(y - BOX_HEIGHT / 2 + 1)}" r="5"/>` : NOTHING;
  return html`<g class="node ${state}"><rect x="${coordinate(x - BOX_WIDTH / 2)}" y="${coordinate(y - BOX_HEIGHT / 2)}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="7"/><text x="${coordinate(x)}" y="${coordinate(y + 4)}" text-anchor="middle"${squeezed(label)}>${label}</text>${bell}<title>${name} – ${words.nodeState[state]}${hurts ? `, ${words.hurts}` : ''}</title></g>`;
};

const named = (nodes: readonly MapNode[], state: NodeState): readonly string[] => nodes.filter((node) => node.state === state).map(({ name }) => name);

const legend = (nodes: readonly MapNode[], words: ReportWords): Markup => {
  const states = (['blamed', 'path', 'affected', 'normal'] as const).filter((state) => nodes.some((node) => node.state === state));
  const bell = nodes.some(({ hurts }) => hurts) ? html`<span><i class="key bell"></i>${words.hurts}</span>` : NOTHING;
  return html`<p class="legend">${states.map((state) => html`<span><i class="key node-${state}"></i>${words.nodeState[state]}</span>`)}${bell}</p>`;
};

export const serviceMapSection = ({ nodes, edges, left }: ServiceMap, words: ReportWords): Markup => {
  if (edges.length === 0) return NOTHING;
  const layout = layoutGraph(nodes.map(({ name }) => name), edges);
  const width = 2 * MARGIN + (layout.columns - 1) * COLUMN + BOX_WIDTH;
  const height = 2 * MARGIN + layout.rows * ROW;
  const points = new Map([...layout.places].map(([name, place]) => [name, middleOf(place)]));
  const nowhere = { x: 0, y: 0 };
  // What matters is drawn last, over the rest.
  const lines = edges.map((edge, index) => edgeMarkup(edge, points.get(edge.source) ?? nowhere, (layout.ways[index] ?? []).flatMap((place) => between(place, edge, points)), points.get(edge.destination) ?? nowhere)).reverse();
  const boxes = nodes.map((node) => nodeMarkup(node, points.get(node.name) ?? nowhere, words));
  const text = words.mapText({ services: nodes.length, blamed: named(nodes, 'blamed')[0] ?? null, path: named(nodes, 'path'), affected: named(nodes, 'affected') });
  return html`<section><h2>${words.map}</h2>${legend(nodes, words)}<div class="scroll"><svg class="map${edges.length > DENSE_EDGES ? ' dense' : ''}" viewBox="0 0 ${width} ${coordinate(height)}" style="max-width:${Math.round(width * 1.1)}px;min-width:${Math.round(width * 0.72)}px" role="img" aria-label="${text}">${lines}${boxes}</svg></div><p class="sub">${words.mapDirection}${left > 0 ? html` ${words.mapLeft(left)}` : NOTHING}</p></section>`;
};
