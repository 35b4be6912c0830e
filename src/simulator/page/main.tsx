import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { LiveProvider } from './shared/live.tsx';

const place = document.getElementById('page');
if (place !== null) {
  createRoot(place).render(
    <LiveProvider>
      <App />
    </LiveProvider>,
  );
}
