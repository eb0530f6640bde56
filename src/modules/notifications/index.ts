export { catalogueDocument } from './use-cases/catalogue-document.js';
export { NotificationsModule } from './notifications.module.js';
