import { Link } from '@tanstack/react-router';

/** Two lists of one matter: what was learned, and what is to be done about it. */
export function ReviewTabs({ at }: { readonly at: 'reviews' | 'items' }) {
  return (
    <header className="reviews-head">
      <h1>{at === 'reviews' ? 'Reviews' : 'Action items'}</h1>
      <nav className="reviews-tabs" aria-label="Lessons">
        <Link to="/reviews" aria-current={at === 'reviews' ? 'page' : undefined}>
          Reviews
        </Link>
        <Link to="/action-items" aria-current={at === 'items' ? 'page' : undefined}>
          Action items
        </Link>
      </nav>
    </header>
  );
}
