import { html } from './html.ts';

/** Black on white, also for print: sections begin no page, and no chart or row is divided by one. */
export const style = html`<style>
  body {
    font:
      14px/1.45 system-ui,
      sans-serif;
    color: #1a1a1a;
    background: #fff;
    max-width: 1060px;
    margin: 2em auto;
    padding: 0 1em;
  }
  h1 {
    font-size: 1.5em;
    overflow-wrap: anywhere;
  }
  h2 {
    border-bottom: 1px solid #bbb;
    margin-top: 2em;
  }
  table {
    border-collapse: collapse;
    font-size: 12px;
    width: 100%;
  }
  th,
  td {
    padding: 2px 6px;
    border-bottom: 1px solid #ddd;
    vertical-align: top;
    text-align: left;
    overflow-wrap: break-word;
  }
  .number {
    text-align: right;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  dt {
    float: left;
    clear: left;
    width: 14em;
    color: #555;
  }
  dd {
    margin-left: 14.5em;
    overflow-wrap: anywhere;
  }
  .warn {
    background: #fff6dd;
    padding: 0.5em 1em 0.5em 2em;
  }
  .warn:empty {
    display: none;
  }
  .note {
    color: #555;
    font-size: 12px;
  }
  figure {
    display: inline-block;
    margin: 0 1em 1em 0;
    width: 460px;
    max-width: 100%;
  }
  svg {
    width: 100%;
    font:
      11px system-ui,
      sans-serif;
  }
  .title {
    font-weight: 600;
  }
  .middle {
    text-anchor: middle;
  }
  .end {
    text-anchor: end;
  }
  .grid {
    stroke: #e4e4e4;
  }
  .zero {
    stroke: #555;
  }
  .interval {
    stroke: currentColor;
    stroke-width: 2;
  }
  .point {
    fill: currentColor;
  }
  .paper {
    fill: none;
    stroke: #000;
  }
  .margin {
    fill: #dde8f3;
  }
  g {
    color: #777;
  }
  g.holds {
    color: #00704a;
  }
  g.contradicted {
    color: #b03a00;
  }
  @media print {
    body {
      margin: 0;
      max-width: none;
      font-size: 10pt;
    }
    table {
      font-size: 7.5pt;
    }
    tr,
    figure,
    svg {
      break-inside: avoid;
    }
    h2,
    h3 {
      break-after: avoid;
    }
    @page {
      size: A4;
      margin: 14mm;
    }
  }
</style>`;
