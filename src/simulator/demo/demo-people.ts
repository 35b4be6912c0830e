import type { DemoClient } from './demo-clients.ts';

type Extra = DemoClient['preferences'] & { readonly code?: string; readonly status?: DemoClient['status'] };

/**
 * Name, birth date, coordinator, tier, days until the next contact is due (negative: overdue, null: none planned),
 * days since the last contact (null: none yet), and what else is known. All of it is invented.
 */
export type DemoPerson = readonly [
  fullName: string,
  birthDate: string,
  coordinator: string,
  tier: DemoClient['tier'],
  dueInDays: number | null,
  lastDaysAgo: number | null,
  more?: Extra,
];

export const demoPeople: readonly DemoPerson[] = [
  ['Desmond Doyle', '1974-03-11', 'maya', 'high', -2, 4, { code: 'K7T2-9', mode: 'phone' }],
  [
    'Marisol Xiong',
    '1989-07-24',
    'maya',
    'medium',
    0,
    15,
    { code: 'M4XR-1', mode: 'phone', from: '10:00', to: '12:00' },
  ],
  ['Percy Quillen', '1961-12-02', 'maya', 'medium', 2, 9, { code: 'P0Q8-7', mode: 'visit' }],
  ['Rosa Delgado', '1968-05-19', 'maya', 'high', -3, 6, { mode: 'phone', language: 'es' }],
  ['Rosa Delgado', '1995-10-30', 'maya', 'low', 0, 28, { mode: 'text', language: 'es' }],
  ['Theo Marchetti', '2001-01-08', 'maya', 'high', -1, 3, { mode: 'text' }],
  ['Winifred Oduya', '1957-09-14', 'maya', 'medium', -5, 21, { mode: 'phone', from: '09:00', to: '17:00' }],
  ['Callum Brandt', '1983-02-27', 'maya', 'medium', -1, 13, { mode: 'phone' }],
  ['Noor Siddiqui', '1992-08-05', 'maya', 'high', 0, 7, { mode: 'video' }],
  ['Hattie Lowell', '1949-11-21', 'maya', 'low', 0, 30, { mode: 'phone', from: '13:00', to: '16:00' }],
  ['Ignacio Vance', '1979-06-16', 'maya', 'medium', 0, 14, { mode: 'phone', language: 'es' }],
  ['Bettina Krol', '1986-04-03', 'maya', 'medium', -9, 24, { mode: 'letter' }],
  ['Jerome Ashby', '1999-12-12', 'maya', 'high', 1, 6, { mode: 'phone' }],
  ['Lakshmi Pillai', '1972-01-29', 'maya', 'low', 4, 24, { mode: 'email' }],
  ['Otis Fairbanks', '1964-08-18', 'maya', 'maintenance', 12, 48, { status: 'relapse-prevention', mode: 'phone' }],
  ['Greta Sandoval', '1990-03-07', 'maya', 'medium', 6, 8, { mode: 'phone', zone: 'America/Chicago' }],
  ['Amos Petrakis', '1953-07-01', 'maya', 'low', null, 95, { status: 'inactive' }],

  ['Colette Burns', '1977-10-10', 'jon', 'high', -1, 5, { mode: 'phone' }],
  ['Darnell Hoang', '1988-05-25', 'jon', 'medium', 0, 14, { mode: 'text', from: '11:00', to: '19:00' }],
  ['Sylvie Marchand', '1996-02-14', 'jon', 'medium', 1, 12, { mode: 'video', language: 'fr' }],
  ['Rupert Ekong', '1969-09-09', 'jon', 'low', 3, 27, { mode: 'phone' }],
  ['Paloma Reyes', '2003-06-20', 'jon', 'high', 0, 7, { mode: 'text', language: 'es' }],
  ['Hector Quist', '1982-12-31', 'jon', 'medium', -4, 19, { mode: 'visit' }],
  ['Edith Vaughn', '1951-04-17', 'jon', 'maintenance', 20, 40, { status: 'relapse-prevention', mode: 'letter' }],
  ['Malik Osborne', '1993-11-03', 'jon', 'medium', 2, 11, { mode: 'phone' }],
  ['Juniper Hale', '2000-08-28', 'jon', 'high', -2, 9, { mode: 'phone', zone: 'America/Chicago' }],
  ['Boris Kaplan', '1959-01-06', 'jon', 'low', null, 120, { status: 'inactive' }],

  ['Anneke Visser', '1985-03-22', 'sara', 'medium', 0, 16, { mode: 'phone', language: 'nl' }],
  ['Tobias Grant', '1971-07-13', 'sara', 'high', 0, 7, { mode: 'phone', from: '08:00', to: '10:00' }],
  ['Celia Montoya', '1998-10-01', 'sara', 'medium', 5, 9, { mode: 'text', language: 'es' }],
  ['Walter Szabo', '1946-02-09', 'sara', 'low', -1, 31, { mode: 'phone' }],
  ['Imani Crosby', '1991-05-05', 'sara', 'medium', 3, 11, { mode: 'video' }],
  ['Fergus Nolan', '1980-12-19', 'sara', 'maintenance', 15, 45, { status: 'relapse-prevention', mode: 'email' }],
  ['Priya Ramanathan', '1994-09-27', 'sara', 'high', 1, 6, { status: 'paused', mode: 'phone' }],

  ['Leticia Barrow', '1976-06-06', 'keisha', 'high', -2, 8, { mode: 'phone' }],
  ['Dominic Pratt', '1987-01-15', 'keisha', 'medium', 0, 14, { mode: 'phone', from: '09:00', to: '12:00' }],
  ['Sunita Ghosh', '1966-11-11', 'keisha', 'medium', -1, 15, { mode: 'visit' }],
  ['Cole Whitaker', '2002-04-26', 'keisha', 'high', 0, 6, { mode: 'text' }],
  ['Marguerite Lane', '1955-08-30', 'keisha', 'low', 0, 29, { mode: 'letter' }],
  ['Abdi Warsame', '1990-12-05', 'keisha', 'high', -1, 4, { mode: 'phone', language: 'so' }],
  ['Nadine Foster', '1984-02-18', 'keisha', 'medium', 2, 12, { mode: 'video' }],
  ['Elias Thorne', '1973-10-23', 'keisha', 'medium', -6, 22, { mode: 'phone' }],
  ['Yolanda Peck', '1962-07-07', 'keisha', 'low', 6, 25, { mode: 'phone', language: 'es' }],
  ['Santino Bell', '1997-03-31', 'keisha', 'maintenance', 18, 42, { status: 'relapse-prevention', mode: 'text' }],
  ['Doreen Kowalski', '1950-05-12', 'keisha', 'low', null, 88, { status: 'inactive' }],

  ['Xavier Lund', '1981-09-04', 'li', 'medium', 0, 14, { mode: 'phone' }],
  ['Mei-Ling Chao', '1970-01-26', 'li', 'high', -1, 6, { mode: 'phone', language: 'zh' }],
  ['Gordon Blythe', '1958-12-08', 'li', 'low', 4, 26, { mode: 'phone' }],
  ['Anahi Zavala', '1999-06-02', 'li', 'medium', 0, 13, { mode: 'text', language: 'es' }],
  ['Kofi Danso', '1978-04-21', 'li', 'high', 1, 5, { mode: 'visit' }],
  ['Ruth Abernathy', '1944-10-16', 'li', 'maintenance', 9, 52, { status: 'relapse-prevention', mode: 'phone' }],
  ['Jasper Moreau', '1995-08-11', 'li', 'medium', -3, 18, { mode: 'video' }],
  ['Bronwyn Teague', '1989-02-03', 'li', 'low', 3, null, { mode: 'email' }],

  ['Salome Ortega', '1974-11-28', 'tom', 'high', 0, 7, { mode: 'phone', language: 'es' }],
  ['Clifford Nash', '1963-03-16', 'tom', 'medium', -2, 17, { mode: 'phone', from: '14:00', to: '18:00' }],
  ['Ingrid Halvorsen', '1986-07-19', 'tom', 'medium', 1, 12, { mode: 'text' }],
  ['Tyrell Beaumont', '2004-01-01', 'tom', 'high', -1, 5, { mode: 'text' }],
  ['Odette Freeman', '1967-05-08', 'tom', 'low', 7, 21, { mode: 'phone' }],
  ['Zoltan Farkas', '1992-09-15', 'tom', 'medium', 0, 13, { mode: 'visit', zone: 'America/Denver' }],
  ['Pearl Hutchins', '1948-12-24', 'tom', 'maintenance', 14, 47, { status: 'relapse-prevention', mode: 'letter' }],
  ['Rashid Karimi', '1983-06-29', 'tom', 'medium', 2, null, { status: 'paused', mode: 'phone', language: 'fa' }],
];
