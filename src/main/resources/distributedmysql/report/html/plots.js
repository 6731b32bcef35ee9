'use strict';
// Draws the pictures of the page, out of the data in it.
const Plots = (() => {
  // Okabe and Ito's colours, darker or lighter where the ground needs it; each series has a dash and a shape of its own as well.
  const COLOURS = {
    light: ['#0072b2', '#d55e00', '#00805d', '#a8447f', '#8a6d00', '#3a3a3a', '#3a8fc7', '#9a5b00'],
    dark: ['#56b4e9', '#ff8c42', '#2fc79a', '#e39ac4', '#f0e442', '#d8d8d8', '#8ab6ff', '#e69f00']
  };
  const DASHES = [[], [8, 4], [2, 3], [11, 4, 2, 4], [5, 5], [14, 5], [1, 5], [8, 3, 2, 3, 2, 3]];
  const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
  const MARK_ROW = 16;
  const MOST_MARK_ROWS = 5;

  const isNumber = v => v !== null && v !== undefined;

  function format(value) {
    if (!isNumber(value)) return '–';
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(2);
    const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
    return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
  }

  // Each further 9 of a percentile has the same room: 0, 90, 99, 99.9 are at 0, 1, 2, 3.
  const spread = percentile => -Math.log10(1 - percentile / 100);
  const percentile = place => 100 * (1 - Math.pow(10, -place));

  function percentileText(place) {
    const digits = Math.max(0, Math.round(place) - 2);
    return percentile(place).toFixed(digits);
  }

  function css(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function isDark() {
    const set = document.documentElement.dataset.theme;
    return set ? set === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  // The series side by side at common places, as uPlot wants them; bars stand on those before them.
  function aligned(plot) {
    const place = plot.x.scale === 'percentile' ? spread : v => v;
    const tables = [];
    const owners = [];
    const heights = new Map();
    plot.series.forEach((series, number) => {
      const usable = v => isNumber(v) && (plot.y.scale !== 'logarithmic' || v > 0) ? v : null;
      // Before its first and after its last value nothing is known of it, and the axis need not show that.
      const first = Math.max(0, series.y.findIndex(isNumber));
      const end = series.y.findLastIndex(isNumber) + 1 || series.y.length;
      const xs = series.x.slice(first, end).map(place);
      const ys = series.y.slice(first, end).map(usable);
      if (series.style === 'bars') {
        const base = xs.map(x => heights.get(x) || 0);
        ys.forEach((y, i) => { if (y !== null) { heights.set(xs[i], base[i] + y); ys[i] = base[i] + y; } });
        tables.push([xs, ys, base]);
        owners.push({ number, part: 'y' }, { number, part: 'base' });
      } else if (series.low) {
        tables.push([xs, ys, series.low.slice(first, end).map(usable), series.high.slice(first, end).map(usable)]);
        owners.push({ number, part: 'y' }, { number, part: 'low' }, { number, part: 'high' });
      } else {
        tables.push([xs, ys]);
        owners.push({ number, part: 'y' });
      }
    });
    return { data: uPlot.join(tables), owners };
  }

  function shape(path, number, x, y, r) {
    switch (number % 4) {
      case 0: path.moveTo(x + r, y); path.arc(x, y, r, 0, 2 * Math.PI); break;
      case 1: path.rect(x - r, y - r, 2 * r, 2 * r); break;
      case 2: path.moveTo(x, y - r * 1.3); path.lineTo(x + r * 1.2, y + r); path.lineTo(x - r * 1.2, y + r); path.closePath(); break;
      default: path.moveTo(x, y - r * 1.4); path.lineTo(x + r * 1.4, y); path.lineTo(x, y + r * 1.4); path.lineTo(x - r * 1.4, y); path.closePath();
    }
  }

  const paths = (fill, stroke) => ({ stroke: stroke || fill, fill, clip: null, band: null, gaps: null, flags: 0 });

  function pointPaths(number, size) {
    return (u, index, from, to) => {
      const path = new Path2D();
      const ratio = devicePixelRatio;
      for (let i = from; i <= to; i++) {
        const y = u.data[index][i];
        if (isNumber(y)) shape(path, number, u.valToPos(u.data[0][i], 'x', true), u.valToPos(y, 'y', true), size * ratio);
      }
      return paths(path);
    };
  }

  // A bar has its place in its middle; those of times touch, those that others share their places with do not.
  function barPaths(baseIndex, apart) {
    return (u, index, from, to) => {
      const path = new Path2D();
      const xs = u.data[0];
      const own = [];
      for (let i = 0; i < xs.length; i++) if (u.data[index][i] !== undefined) own.push(i);
      let width = Infinity;
      for (let k = 1; k < own.length; k++) width = Math.min(width, xs[own[k]] - xs[own[k - 1]]);
      if (width === Infinity) width = (u.scales.x.max - u.scales.x.min) / 20 || 1;
      for (const i of own) {
        const y = u.data[index][i];
        if (!isNumber(y) || xs[i] + width < u.scales.x.min || xs[i] - width > u.scales.x.max) continue;
        const half = width * (apart ? 0.35 : 0.5);
        const left = u.valToPos(xs[i] - half, 'x', true);
        const right = u.valToPos(xs[i] + half, 'x', true);
        const top = u.valToPos(y, 'y', true);
        const lowest = Math.max(u.data[baseIndex][i] || 0, u.scales.y.min);
        const bottom = u.valToPos(lowest, 'y', true);
        const room = right - left > 6 ? 1 : 0;
        if (bottom > top) path.rect(left, top, Math.max(right - left - room, 1), bottom - top);
      }
      return paths(path, new Path2D());
    };
  }

  const hasBars = plot => plot.series.some(series => series.style === 'bars');
  const apart = plot => hasBars(plot) && plot.series.some(series => series.style === 'points');

  function seriesOptions(plot, owners, colours) {
    const options = [{}];
    const bands = [];
    owners.forEach((owner, i) => {
      const series = plot.series[owner.number];
      const colour = colours[owner.number % colours.length];
      const index = i + 1;
      const few = series.x.length <= 40;
      const base = { label: series.name, scale: 'y', stroke: colour, points: { show: false } };
      if (owner.part === 'base') {
        options.push({ ...base, show: true, paths: () => null });
      } else if (owner.part === 'low' || owner.part === 'high') {
        options.push({ ...base, width: 0, stroke: 'transparent' });
        if (owner.part === 'high') bands.push({ series: [index, index - 1], fill: colour + '30' });
      } else if (series.style === 'bars') {
        options.push({ ...base, fill: colour + 'd0', width: 0, paths: barPaths(index + 1, apart(plot)) });
      } else if (series.style === 'points') {
        options.push({ ...base, fill: colour + '90', width: 1, paths: pointPaths(owner.number, 3.5) });
      } else {
        options.push({
          ...base, width: 2, dash: DASHES[owner.number % DASHES.length],
          points: { show: few, size: 6, fill: colour, width: 0 }
        });
      }
    });
    return { options, bands };
  }

  function valueRange(plot) {
    return (u, min, max) => {
      if (min === null) return [0, 1];
      if (plot.y.scale === 'logarithmic') return [Math.pow(10, Math.floor(Math.log10(min) * 2) / 2 - 0.02), Math.pow(10, Math.ceil(Math.log10(max) * 2 + 0.01) / 2)];
      const span = max - min || Math.abs(max) || 1;
      const fromZero = min >= 0 && (hasBars(plot) || min <= max * 0.6);
      return [fromZero ? 0 : min - span * 0.1, max + span * 0.08];
    };
  }

  // What was measured at the ends has room beside it.
  function placeRange(plot) {
    return (u, min, max) => {
      if (min === null) return [0, 1];
      if (plot.x.scale === 'percentile') return [Math.min(0, min), Math.max(max, min + 0.1)];
      if (plot.x.scale === 'logarithmic') return min === max ? [min / 2, max * 2] : [min / 1.1, max * 1.1];
      if (min === max) return [min - 1, max + 1];
      if (!hasBars(plot)) return [min, max];
      // The first and last bar as a whole.
      const xs = plot.series.find(series => series.style === 'bars').x;
      const width = xs.length > 1 ? (xs[xs.length - 1] - xs[0]) / (xs.length - 1) : 0;
      const whole = min <= u.data[0][0] && max >= u.data[0][u.data[0].length - 1];
      return whole ? [min - width / 2, max + width / 2] : [min, max];
    };
  }

  // Of a logarithmic axis: 1, 2 and 5 of each power of ten, only 1 where they are many, and all where they are few.
  function logarithmicSplits(u, i, min, max) {
    const decades = Math.log10(max / min);
    const digits = decades > 3 ? [1] : decades > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9];
    const splits = [];
    for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++) {
      digits.forEach(digit => splits.push(Number((digit + 'e' + power))));
    }
    return splits.filter(split => split >= min && split <= max);
  }

  function axisOptions(plot, which, colours) {
    const axis = {
      scale: which, font: FONT, stroke: colours.text,
      grid: { stroke: colours.grid, width: 1 }, ticks: { stroke: colours.grid, width: 1, size: 5 },
      values: (u, splits) => splits.map(v => v === null ? '' : format(v))
    };
    const kind = plot[which].scale;
    if (kind === 'percentile') {
      axis.splits = (u, i, min, max) => {
        const places = [];
        for (let place = Math.ceil(min); place <= max + 1e-9; place++) places.push(place);
        return places.length > 1 ? places : [min, max];
      };
      axis.values = (u, splits) => splits.map(percentileText);
      axis.filter = (u, splits) => splits;
    } else if (kind === 'logarithmic') {
      axis.splits = logarithmicSplits;
      axis.filter = (u, splits) => splits;
    }
    if (which === 'x') {
      axis.label = plot.x.label;
      axis.labelFont = FONT;
      axis.labelSize = 20;
      axis.size = 32;
      axis.space = 60;
    } else {
      axis.space = 36;
      axis.size = (u, values) => {
        if (!values) return 40;
        u.ctx.font = FONT;
        return Math.ceil(Math.max(...values.map(v => u.ctx.measureText(v).width), 20)) + 16;
      };
    }
    return axis;
  }

  // In which row above the plot each mark's label stands, so that none lies upon another.
  function markRows(u, marks, left, right) {
    const ends = [];
    u.ctx.save();
    u.ctx.font = FONT;
    const rows = marks.map(mark => {
      const x = u.valToPos(mark.place, 'x');
      const width = u.ctx.measureText(mark.label).width + 10;
      if (!(x >= left - 1 && x <= right + 1)) return null;
      const flipped = x + width > right && x - width > left;
      const from = flipped ? x - width : Math.min(x, Math.max(left, right - width));
      let row = ends.findIndex(end => end <= from);
      if (row < 0) row = ends.length;
      if (row >= MOST_MARK_ROWS) return { x, row: null };
      ends[row] = from + width;
      return { x, row, from };
    });
    u.ctx.restore();
    return { rows, count: ends.length };
  }

  function drawMarks(u, marks, colours) {
    if (marks.length === 0) return;
    const ratio = devicePixelRatio;
    const { rows } = markRows(u, marks, 0, u.over.clientWidth);
    const ctx = u.ctx;
    const left = u.bbox.left / ratio;
    const top = u.bbox.top / ratio;
    ctx.save();
    ctx.scale(ratio, ratio);
    ctx.font = FONT;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    ctx.lineWidth = 1;
    rows.forEach((at, i) => {
      if (!at) return;
      const x = left + at.x;
      const y = at.row === null ? top : top - 8 - at.row * MARK_ROW;
      ctx.strokeStyle = colours.mark;
      ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(x, y + 6);
      ctx.lineTo(x, top + u.bbox.height / ratio);
      ctx.stroke();
    });
    rows.forEach((at, i) => {
      if (!at || at.row === null) return;
      const y = top - 8 - at.row * MARK_ROW;
      ctx.fillStyle = colours.ground;
      ctx.fillRect(left + at.from + 2, y - 7, ctx.measureText(marks[i].label).width + 4, 14);
      ctx.fillStyle = colours.mark;
      ctx.fillText(marks[i].label, left + at.from + 4, y);
    });
    ctx.restore();
  }

  function nearest(u, index, at) {
    const values = u.data[index];
    if (isNumber(values[at])) return at;
    for (let d = 1; d < values.length; d++) {
      if (isNumber(values[at - d])) return at - d;
      if (isNumber(values[at + d])) return at + d;
    }
    return at;
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  }

  const SVG = 'http://www.w3.org/2000/svg';

  function swatch(style, number, colour) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('width', '26');
    svg.setAttribute('height', '12');
    svg.setAttribute('aria-hidden', 'true');
    const drawn = document.createElementNS(SVG, style === 'line' ? 'path' : style === 'bars' ? 'rect' : 'path');
    if (style === 'line') {
      drawn.setAttribute('d', 'M0 6H26');
      drawn.setAttribute('stroke', colour);
      drawn.setAttribute('stroke-width', '2.5');
      drawn.setAttribute('stroke-dasharray', DASHES[number % DASHES.length].join(' '));
    } else if (style === 'bars') {
      drawn.setAttribute('x', '7');
      drawn.setAttribute('width', '12');
      drawn.setAttribute('height', '12');
      drawn.setAttribute('fill', colour);
    } else {
      drawn.setAttribute('d', ['M9 6a4 4 0 1 0 8 0a4 4 0 1 0 -8 0', 'M9 2h8v8h-8Z', 'M13 1L18 10H8Z', 'M13 0L19 6L13 12L7 6Z'][number % 4]);
      drawn.setAttribute('fill', colour);
    }
    svg.append(drawn);
    return svg;
  }

  class Drawing {
    constructor(figure, plot) {
      this.figure = figure;
      this.plot = plot;
      this.hidden = new Set();
      this.box = figure.querySelector('.drawing');
      const place = plot.x.scale === 'percentile' ? spread : v => v;
      this.marks = plot.marks.map(mark => ({ place: place(mark.x), label: mark.label }));
      this.build();
      this.addTable();
    }

    build() {
      this.top = element('div', { class: 'plot-top' });
      this.top.append(element('span', { class: 'y-label' }, this.plot.y.label));
      this.reset = element('button', { type: 'button', class: 'reset', hidden: '' }, 'Show all');
      this.reset.addEventListener('click', () => this.showAll());
      this.top.append(this.reset);
      this.area = element('div', { class: 'area', tabindex: '0', role: 'img' });
      this.area.setAttribute('aria-label', this.plot.title + '. Left and right read values; plus and minus zoom; the table below has all.');
      this.area.addEventListener('keydown', event => this.key(event));
      this.legend = element('div', { class: 'legend' });
      this.readout = element('p', { class: 'readout', 'aria-live': 'polite' });
      this.box.append(this.top, this.area, this.legend);
      this.draw();
    }

    // Also after a change of colours: the canvas knows no style sheet.
    draw() {
      const range = this.chart && this.zoomed ? { min: this.chart.scales.x.min, max: this.chart.scales.x.max } : null;
      if (this.chart) this.chart.destroy();
      this.colours = COLOURS[isDark() ? 'dark' : 'light'];
      const colours = { text: css('--text-2'), grid: css('--line'), mark: css('--text'), ground: css('--card') };
      const { data, owners } = aligned(this.plot);
      this.owners = owners;
      const { options, bands } = seriesOptions(this.plot, owners, this.colours);
      owners.forEach((owner, i) => { if (this.hidden.has(owner.number)) options[i + 1].show = false; });
      this.chart = new uPlot({
        width: this.width(), height: this.height(), pxAlign: 0,
        padding: [() => this.markRoom(), 24, 0, 0],
        legend: { show: false },
        cursor: {
          drag: { x: true, y: false, dist: 6 }, points: { show: (u, i) => this.cursorPoint(i), size: 9 },
          dataIdx: (u, i, at) => i === 0 ? at : nearest(u, i, at)
        },
        focus: { alpha: 1 },
        scales: {
          x: { time: false, distr: this.plot.x.scale === 'logarithmic' ? 3 : 1, range: placeRange(this.plot) },
          y: { distr: this.plot.y.scale === 'logarithmic' ? 3 : 1, range: valueRange(this.plot) }
        },
        axes: [axisOptions(this.plot, 'x', colours), axisOptions(this.plot, 'y', colours)],
        series: options, bands,
        hooks: {
          draw: [u => drawMarks(u, this.marks, colours)],
          setCursor: [u => this.read(u)],
          setScale: [(u, key) => { if (key === 'x') this.scaled(u); }]
        }
      }, data, this.area);
      if (range) this.chart.setScale('x', range);
      this.drawLegend();
    }

    width() {
      return this.printing || Math.max(this.box.clientWidth, 200);
    }

    height() {
      return (this.width() < 500 ? 230 : 280) + this.markRoom();
    }

    markRoom() {
      if (this.marks.length === 0) return 12;
      if (!this.chart || !this.chart.over || !this.chart.over.clientWidth) return 12 + MARK_ROW * Math.min(this.marks.length, MOST_MARK_ROWS);
      return 12 + MARK_ROW * markRows(this.chart, this.marks, 0, this.chart.over.clientWidth).count;
    }

    cursorPoint(i) {
      const owner = this.owners[i - 1];
      const quiet = owner.part !== 'y' || this.plot.series[owner.number].style === 'bars';
      return element('div', { class: quiet ? 'u-cursor-pt quiet' : 'u-cursor-pt' });
    }

    drawLegend() {
      this.values = [];
      this.legend.replaceChildren();
      this.plot.series.forEach((series, number) => {
        const colour = this.colours[number % this.colours.length];
        const value = element('span', { class: 'value' });
        const button = element('button', { type: 'button', 'aria-pressed': String(!this.hidden.has(number)) },
          swatch(series.style, number, colour), element('span', {}, series.name), value);
        button.addEventListener('click', () => this.toggle(number, button));
        this.values.push(value);
        this.legend.append(button);
      });
      this.legend.append(this.readout);
    }

    toggle(number, button) {
      if (!this.hidden.delete(number)) this.hidden.add(number);
      const show = !this.hidden.has(number);
      button.setAttribute('aria-pressed', String(show));
      this.owners.forEach((owner, i) => { if (owner.number === number) this.chart.setSeries(i + 1, { show }); });
    }

    read(u) {
      const at = u.cursor.idx;
      const over = at !== null && at !== undefined;
      this.readout.textContent = over ? 'at ' + this.placeText(u.data[0][at]) : '';
      this.owners.forEach((owner, i) => {
        if (owner.part !== 'y') return;
        const series = this.plot.series[owner.number];
        let text = '';
        if (over) {
          const near = nearest(u, i + 1, at);
          const value = u.data[i + 1][near];
          if (isNumber(value)) {
            const base = series.style === 'bars' ? u.data[i + 2][near] || 0 : 0;
            text = format(value - base);
            if (series.low && isNumber(u.data[i + 2][near])) text += ' (' + format(u.data[i + 2][near]) + ' to ' + format(u.data[i + 3][near]) + ')';
          }
        }
        this.values[owner.number].textContent = text;
      });
    }

    placeText(place) {
      return this.plot.x.label + ': ' + (this.plot.x.scale === 'percentile' ? String(Number(percentile(place).toPrecision(7))) : format(place));
    }

    scaled(u) {
      const xs = u.data[0];
      const from = u.scales.x.min;
      const to = u.scales.x.max;
      this.zoomed = xs.length > 0 && (from > xs[0] + 1e-9 || to < xs[xs.length - 1] - 1e-9);
      this.reset.hidden = !this.zoomed;
    }

    showAll() {
      const xs = this.chart.data[0];
      this.chart.setScale('x', { min: xs[0], max: xs[xs.length - 1] });
      this.area.focus();
    }

    key(event) {
      const u = this.chart;
      const xs = u.data[0];
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step) {
        const at = u.cursor.idx;
        const next = Math.min(xs.length - 1, Math.max(0, at === null || at === undefined ? 0 : at + step));
        u.setCursor({ left: u.valToPos(xs[next], 'x'), top: u.over.clientHeight / 2 });
      } else if (event.key === '+' || event.key === '-') {
        this.zoom(event.key === '+' ? 0.5 : 2);
      } else if (event.key === 'Escape') {
        this.showAll();
      } else {
        return;
      }
      event.preventDefault();
    }

    zoom(factor) {
      const u = this.chart;
      const xs = u.data[0];
      const at = u.cursor.idx;
      const { min, max } = u.scales.x;
      const middle = at === null || at === undefined ? (min + max) / 2 : xs[at];
      const half = (max - min) * factor / 2;
      u.setScale('x', { min: Math.max(xs[0], middle - half), max: Math.min(xs[xs.length - 1], middle + half) });
    }

    resize() {
      this.chart.setSize({ width: this.width(), height: this.height() });
    }

    print(width) {
      this.printing = width;
      this.draw();
    }

    addTable() {
      const details = element('details', {}, element('summary', {}, 'The figures as a table'));
      details.addEventListener('toggle', () => {
        if (details.open && !details.querySelector('table')) details.append(this.table());
      });
      const thinned = this.plot.series.filter(series => series.of);
      if (thinned.length > 0) {
        this.figure.append(element('p', { class: 'thinned' }, 'Thinned out: of each piece of time the lowest and the highest value are kept ('
          + thinned.map(series => series.name + ': ' + format(series.x.length) + ' of ' + format(series.of) + ' values').join('; ') + ').'));
      }
      this.figure.append(details);
    }

    table() {
      const plot = this.plot;
      const box = element('div', { class: 'scroll tall', tabindex: '0', role: 'region', 'aria-label': plot.title });
      const head = element('tr', {}, element('th', { scope: 'col' }, plot.x.label));
      plot.series.forEach(series => {
        head.append(element('th', { scope: 'col' }, series.name));
        if (series.low) head.append(element('th', { scope: 'col' }, 'from'), element('th', { scope: 'col' }, 'to'));
      });
      const columns = plot.series.map(series => new Map(series.x.map((x, i) => [x, i])));
      const places = [...new Set(plot.series.flatMap(series => series.x))].sort((a, b) => a - b);
      const body = element('tbody');
      places.forEach(x => {
        const row = element('tr', {}, element('td', {}, format(x)));
        plot.series.forEach((series, number) => {
          const i = columns[number].get(x);
          const cells = series.low ? [series.y, series.low, series.high] : [series.y];
          cells.forEach(values => row.append(element('td', {}, i === undefined ? '' : format(values[i]))));
        });
        body.append(row);
      });
      const caption = element('caption', {}, plot.y.label);
      box.append(element('table', { class: 'numbers' }, caption, element('thead', {}, head), body));
      if (plot.marks.length > 0) {
        box.append(element('ul', {}, ...plot.marks.map(mark => element('li', {}, format(mark.x) + ': ' + mark.label))));
      }
      return box;
    }
  }

  return { Drawing };
})();
