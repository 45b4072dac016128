// The page's own colours and the patterns drawn with them: read anew when day turns to night.

const CLASSES = 5;
const CHANGES = 7;
const DARK_CHANGES = [0, 1, 5, 6];
const TILE = 6;

export class Colours {
  constructor(element) {
    const style = getComputedStyle(element);
    const named = (name) => style.getPropertyValue(`--${name}`).trim();
    this.ink = named("ink");
    this.soft = named("ink-soft");
    this.paper = named("paper");
    this.line = named("line-strong");
    this.land = named("map-land");
    this.chosen = named("amber");
    this.none = named("class-none");
    this.classes = Array.from({ length: CLASSES }, (_, index) => named(`class-${index + 1}`));
    this.stripes = Array.from({ length: CLASSES }, (_, index) => named(`class-${index + 1}-stripe`));
    this.rural = named("rural");
    this.changes = Array.from({ length: CHANGES }, (_, index) => named(`change-${index + 1}`));
    this.changeStripes = this.changes.map((_, index) => named(DARK_CHANGES.includes(index) ? "class-4-stripe" : "class-1-stripe"));
    this.font = style.fontFamily;
    this.patterns = new Map();
  }

  // Stripes over a class colour: the figure is older.
  striped(index, isChange = false) {
    const [grounds, lines] = isChange ? [this.changes, this.changeStripes] : [this.classes, this.stripes];
    return this.pattern(`stripe${index}${isChange}`, grounds[index], lines[index], 1.5, [[0, 6, 6, 0], [-1, 1, 1, -1], [5, 7, 7, 5]]);
  }

  // Lines both ways: not shown.
  crossed() {
    return this.pattern("cross", this.none, this.line, 0.6, [[0, 0, 6, 6], [0, 6, 6, 0]]);
  }

  // Lines across: nothing to divide by.
  lined() {
    return this.pattern("lined", this.paper, this.line, 1, [[0, 3, 6, 3]]);
  }

  pattern(name, ground, colour, width, lines) {
    if (!this.patterns.has(name)) this.patterns.set(name, draw(ground, colour, width, lines));
    return this.patterns.get(name);
  }
}

function draw(ground, colour, width, lines) {
  const scale = Math.max(1, Math.round(window.devicePixelRatio));
  const canvas = document.createElement("canvas");
  canvas.width = TILE * scale;
  canvas.height = TILE * scale;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = ground;
  context.fillRect(0, 0, TILE, TILE);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (const [x1, y1, x2, y2] of lines) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.stroke();
  return context.createPattern(canvas, "repeat");
}
