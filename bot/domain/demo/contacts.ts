/**
 * Who the demo's people follow up with. All made up: addresses of reserved domains, phone numbers kept for fiction.
 * One line each: name | title | company | e-mail | phone or - | zone | situation | notes.
 */
import { situationSchema } from '../../../shared/schemas/plan.ts';
import type { DemoContact } from './demo-types.ts';

/** Somebody who sells freight lanes. */
export const OWNER_CONTACTS = readContacts(`
Anna Bergström | Head of Logistics | Nordvik Paper | anna@nordvik.example | +46812345678 | Europe/Stockholm | after_meeting | Met at the transport fair in Gothenburg. Ships 40 pallets a week to Poland.
Tomás Herrera | Supply Chain Manager | Olivar del Sur | tomas@olivardelsur.example | - | Europe/Madrid | cold | Olive oil, seasonal peaks from November to January.
Grace Okafor | Operations Director | Lagos Fresh | grace@lagosfresh.example | - | Africa/Lagos | warm_intro | Dev introduced us. Wants reefer capacity into Rotterdam.
Piotr Zieliński | Owner | Zieliński Meble | piotr@zielinskimeble.example | +48221234567 | Europe/Warsaw | proposal_sent | Offer sent for two full trucks a week. Price is the question.
Hannah Weiss | Procurement Lead | Alpenglas | hannah@alpenglas.example | - | Europe/Vienna | gone_quiet | Was keen in summer, silent since the first quote.
Marcus Lindqvist | CEO | Polar Seafood Trading | marcus@polarseafood.example | - | Europe/Oslo | after_call | Call about Tromsø to Hamburg. Needs 24 h transit.
Priya Raman | Import Manager | Spice Route Foods | priya@spiceroute.example | - | Asia/Kolkata | cold | Containers from Chennai, last mile in the Benelux.
Jonas Keller | Warehouse Lead | Kellerbau Systems | jonas@kellerbau.example | +493012345678 | Europe/Berlin | after_meeting | Showed us the new hub in Kassel. Decides with his CFO.
Sofia Marques | Logistics Coordinator | Cortiça Viva | sofia@corticaviva.example | - | Europe/Lisbon | warm_intro | Friend of Tomás. Cork panels, light but bulky.
Daniel Osei | Head of Trade | Accra Cocoa | daniel@accracocoa.example | - | Africa/Accra | proposal_sent | Proposal for the spring harvest is out.
Emily Carter | VP Operations | Brightline Outdoors | emily@brightline.example | +12125550142 | America/New_York | after_call | Wants one European partner instead of four.
Luca Ferri | Shipping Manager | Ferri Marmi | luca@ferrimarmi.example | - | Europe/Rome | cold | Marble slabs, special racks needed.
Katarzyna Nowak | Purchasing | Baltic Boats | katarzyna@balticboats.example | - | Europe/Warsaw | gone_quiet | Asked for a quote in August, then nothing.
Henrik Dahl | COO | Fjord Dairy | henrik@fjorddairy.example | - | Europe/Oslo | after_meeting | Visited the plant. Cold chain is everything to him.
Amélie Laurent | Supply Planner | Maison Laurent | amelie@maisonlaurent.example | - | Europe/Paris | cold | Cosmetics, small parcels, high value.
Viktor Horváth | Managing Director | Horváth Tools | viktor@horvathtools.example | - | Europe/Budapest | warm_intro | Recommended by Piotr. Exports to Scandinavia.
Mei Tanaka | Regional Manager | Kansai Ceramics | mei@kansaiceramics.example | - | Asia/Tokyo | cold | Looks for a European depot.
Owen Hughes | Fleet Manager | Cambrian Timber | owen@cambriantimber.example | +442079460321 | Europe/London | after_call | Contract with his haulier ends in spring.
Ingrid Solberg | Buyer | Solberg Textil | ingrid@solbergtextil.example | - | Europe/Oslo | proposal_sent | Comparing us with one other offer.
Rafael Costa | Export Manager | Vinhos Costa | rafael@vinhoscosta.example | - | Europe/Lisbon | after_meeting | Tasted his wine, talked about groupage to Denmark.
Nadia Haddad | Head of Sourcing | Atlas Dates | nadia@atlasdates.example | - | Africa/Casablanca | warm_intro | Grace introduced us by e-mail.
Samuel Roth | Logistics Director | Rothmann Pumps | samuel@rothmann.example | - | Europe/Zurich | cold | Heavy parts, customs both ways.
`);

/** A colleague who has just begun. */
export const MEMBER_CONTACTS = readContacts(`
Chloe Martin | Office Manager | Studio Nine | chloe@studionine.example | - | Europe/London | cold | Furniture for three new offices.
Arjun Mehta | Founder | Teabox Traders | arjun@teaboxtraders.example | - | Asia/Kolkata | after_call | Trial shipment in December.
Lena Fischer | Buyer | Fischer Optik | lena@fischeroptik.example | - | Europe/Berlin | warm_intro | Introduced by Jonas Keller.
Paul Novák | Operations | Moravia Glass | paul@moraviaglass.example | - | Europe/Prague | proposal_sent | Offer is out until the end of the month.
Ruth Cohen | COO | Negev Solar | ruth@negevsolar.example | - | Asia/Jerusalem | after_meeting | Panels from Haifa to Trieste.
Ben Adeyemi | Manager | Kano Leather | ben@kanoleather.example | - | Africa/Lagos | gone_quiet | Samples arrived, no word since.
`);

/** Somebody on her own, who writes in Russian. */
export const RUSSIAN_CONTACTS = readContacts(`
Алексей Морозов | директор по закупкам | Северный Лес | morozov@sevles.example | - | Europe/Moscow | after_meeting | Познакомились на выставке. Интересует поставка до конца квартала.
Мария Ковалёва | руководитель отдела продаж | Волга Пак | kovaleva@volgapak.example | - | Europe/Samara | cold | Нашла через сайт, ещё не общались.
Тимур Ахметов | основатель | Казан Фуд | timur@kazanfood.example | - | Europe/Moscow | warm_intro | Порекомендовал Алексей Морозов.
Ольга Литвин | финансовый директор | Балтик Сервис | litvin@balticservice.example | - | Europe/Kaliningrad | proposal_sent | КП отправлено, ждёт согласования бюджета.
Дмитрий Сухов | коммерческий директор | Урал Техно | suhov@uraltechno.example | - | Asia/Yekaterinburg | gone_quiet | После первой встречи молчит.
Елена Гринёва | менеджер по логистике | Текстиль Плюс | grineva@textilplus.example | - | Europe/Moscow | after_call | Созвонились, просила прислать расчёт.
Сергей Панин | генеральный директор | Панин и партнёры | panin@paninpartners.example | - | Europe/Moscow | cold | Ищет подрядчика на следующий год.
Наталья Орлова | директор по развитию | Сибирь Мёд | orlova@sibmed.example | - | Asia/Novosibirsk | after_meeting | Встретились на конференции, обсудили экспорт.
`);

function readContacts(table: string): readonly DemoContact[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', title = '', company = '', email = '', phone = '-', zone = '', situation, notes = ''] =
        line.split(' | ');
      return {
        name,
        title,
        company,
        email,
        ...(phone === '-' ? {} : { phone }),
        zone,
        situation: situationSchema.parse(situation),
        notes,
      };
    });
}
