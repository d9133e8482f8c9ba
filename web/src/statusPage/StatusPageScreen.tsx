import { StatusPageSettings } from './StatusPageSettings.tsx';
import './statusPage.css';

export function StatusPageScreen() {
  return (
    <div className="status-page">
      <h1 className="screen-title">Status page</h1>
      <StatusPageSettings />
    </div>
  );
}
