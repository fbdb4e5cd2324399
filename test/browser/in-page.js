// Runs inside the page, before its content: what tests ask of a rendered report. Each function returns plain data.
globalThis.inPage = (() => {
  const policyViolations = [];
  document.addEventListener('securitypolicyviolation', (event) => policyViolations.push(`${event.violatedDirective} ${event.blockedURI}`));

  const nameOf = (element) => `${element.tagName.toLowerCase()}${element.getAttribute('class') ? `.${element.getAttribute('class').split(' ').join('.')}` : ''}`;

  /** Any CSS colour as [red, green, blue, alpha], 0 to 255 and 0 to 1: the canvas knows every notation. */
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const colorOf = (text) => {
    if (!known.has(text)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = '#000';
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(text, [red, green, blue, alpha / 255]);
    }
    return known.get(text);
  };
  const over = ([r, g, b, a], below) => [r * a + below[0] * (1 - a), g * a + below[1] * (1 - a), b * a + below[2] * (1 - a), 1];
  const backgroundOf = (element) => {
    const layers = [];
    for (let node = element; node !== null; node = node.parentElement) layers.push(colorOf(getComputedStyle(node).backgroundColor));
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  /** WCAG 2.2, relative luminance. */
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  const textElements = () =>
    [...document.querySelectorAll('body *')].filter((element) => {
      if (element.tagName === 'STYLE' || element.tagName === 'TITLE' || element.tagName === 'title') return false;
      if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '')) return false;
      return element.checkVisibility() && element.getBoundingClientRect().width > 0;
    });

  return {
    /** Texts below 4.5:1 (3:1 where large), WCAG 2.2 success criterion 1.4.3, and how many were looked at. */
    contrasts: () => {
      const low = new Map();
      const elements = textElements();
      let lowest = 21;
      for (const element of elements) {
        const style = getComputedStyle(element);
        const background = backgroundOf(element);
        const [r, g, b, alpha] = colorOf(element instanceof SVGElement ? style.fill : style.color);
        const ratio = contrast(over([r, g, b, alpha * Number(style.opacity)], background), background);
        const size = Number.parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        lowest = Math.min(lowest, ratio);
        if (ratio < (large ? 3 : 4.5)) low.set(`${nameOf(element)} ${ratio.toFixed(2)}`, element.textContent.trim().slice(0, 40));
      }
      return { looked: elements.length, lowest, low: [...low].map(([where, text]) => `${where} "${text}"`) };
    },

    colors: () => ({ background: backgroundOf(document.body).slice(0, 3), text: colorOf(getComputedStyle(document.body).color).slice(0, 3) }),

    /** How far the page can be scrolled sideways, and the elements that cause it. */
    overflow: () => {
      const width = document.documentElement.clientWidth;
      const inScroller = (element) => {
        for (let node = element.parentElement; node !== null && node !== document.body; node = node.parentElement) {
          if (/auto|scroll|hidden/.test(getComputedStyle(node).overflowX) && node.getBoundingClientRect().right <= width + 1) return true;
        }
        return false;
      };
      const culprits = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > width + 1 && !inScroller(element));
      return { excessPx: document.documentElement.scrollWidth - width, culprits: culprits.slice(0, 5).map((element) => `${nameOf(element)} ${element.textContent.slice(0, 40)}`) };
    },

    /** Everything by which a document could run code or load something. */
    hazards: () => {
      const found = [];
      for (const element of document.querySelectorAll('script, iframe, object, embed, base, form, img, audio, video, link, foreignObject, animate, set, use, [srcdoc]')) found.push(nameOf(element));
      for (const element of document.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          if (/^on/i.test(name)) found.push(`${nameOf(element)} ${name}`);
          if (/^(?:href|src|xlink:href|action|formaction|data|poster|background|ping|srcset)$/i.test(name) && !value.startsWith('#')) found.push(`${nameOf(element)} ${name}=${value.slice(0, 60)}`);
          if (name === 'style' && /url\(|expression|@import/i.test(value)) found.push(`${nameOf(element)} style=${value.slice(0, 60)}`);
        }
      }
      for (const style of document.querySelectorAll('style')) if (/url\(|@import/i.test(style.textContent)) found.push('style url or import');
      if (document.querySelector('meta[http-equiv="refresh" i]')) found.push('meta refresh');
      return found;
    },

    policyViolations: () => policyViolations,

    /** Set by hostile text that managed to run. */
    trespass: () => ({ ran: globalThis.trespass ?? null, title: document.title }),

    outline: () => ({
      language: document.documentElement.lang,
      title: document.title,
      headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((element) => ({ level: Number(element.tagName.slice(1)), text: element.textContent.trim() })),
      landmarks: document.querySelectorAll('main').length,
      tablesWithoutHeader: [...document.querySelectorAll('table')].filter((table) => table.querySelector('th[scope]') === null).length,
      duplicateIds: [...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index),
    }),

    /** Drawings: either named images or hidden from assistive technology; what they draw, and how large it came out. */
    charts: () =>
      [...document.querySelectorAll('svg')].map((svg) => ({
        name: svg.getAttribute('aria-label') ?? '',
        role: svg.getAttribute('role') ?? '',
        hidden: svg.getAttribute('aria-hidden') === 'true',
        shapes: svg.querySelectorAll('rect, path, line, circle').length,
        widthPx: Math.round(svg.getBoundingClientRect().width),
        heightPx: Math.round(svg.getBoundingClientRect().height),
      })),

    /** Characters that reorder or hide text: Unicode bidirectional controls, and control characters but line ends and tabs. */
    hiddenCharacters: () => [...document.documentElement.textContent.matchAll(/[\p{Bidi_Control}\p{Cc}]/gu)].map(([character]) => `U+${character.codePointAt(0).toString(16)}`).filter((name) => !['U+9', 'U+a', 'U+d'].includes(name)),

    closedDetails: () => [...document.querySelectorAll('details:not([open])')].length,
    openDetails: () => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    },
    /** Do the contents of closed details take up room? They must on paper. */
    hiddenDetails: () => [...document.querySelectorAll('details > *:not(summary)')].filter((element) => element.getBoundingClientRect().height === 0 || !element.checkVisibility({ contentVisibilityAuto: true })).length,
    text: () => document.body.innerText,
  };
})();
