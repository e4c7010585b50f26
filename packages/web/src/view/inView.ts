import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Distance outside the window within which an element is drawn already. */
const rootMargin = "300px";

/** The width of an element while it is in view or near; undefined elsewhere, so that it need not be drawn. */
export function useWidthInView(ref: RefObject<HTMLElement | null>): number | undefined {
  const [width, setWidth] = useState<number | undefined>(undefined);
  useEffect(() => {
    const element = ref.current!;
    const resized = new ResizeObserver(([entry]) => setWidth((before) => (before === undefined ? before : entry!.contentRect.width)));
    const seen = new IntersectionObserver(
      (entries) => {
        const { isIntersecting, boundingClientRect } = entries.at(-1)!;
        setWidth(isIntersecting ? boundingClientRect.width : undefined);
      },
      { rootMargin },
    );
    seen.observe(element);
    resized.observe(element);
    return () => {
      seen.disconnect();
      resized.disconnect();
    };
  }, []);
  return width;
}
