import { CalendarController } from './http/calendar.controller.js';
import { CalendarRepository } from './persistence/calendar.repository.js';
import { CalendarFeeds } from './use-cases/calendar-feed.js';
import { CalendarQueries } from './use-cases/calendar.queries.js';

/** The calendar of one's deadlines. */
export const CALENDAR = { controllers: [CalendarController], providers: [CalendarRepository, CalendarFeeds, CalendarQueries] };
