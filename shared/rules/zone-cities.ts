/**
 * Cities people name when asked where they are, beyond the city parts of IANA ids. One zone a line:
 * `zone > city; city`, a city being its spellings by comma. The first Latin spelling is its English label, the first
 * Cyrillic one its Russian label.
 */
export const CITY_ZONES = `
Europe/London > London, Лондон; Manchester, Манчестер; Birmingham, Бирмингем; Edinburgh, Эдинбург; Glasgow, Глазго; Leeds, Лидс; Bristol, Бристоль
Europe/Dublin > Dublin, Дублин; Cork
Europe/Lisbon > Lisbon, Lisboa, Лиссабон; Porto, Порту
Europe/Madrid > Madrid, Мадрид; Barcelona, Барселона; Valencia, Валенсия; Seville, Sevilla, Севилья; Malaga, Малага; Bilbao, Бильбао
Europe/Paris > Paris, Париж; Lyon, Лион; Marseille, Марсель; Nice, Ницца; Toulouse, Тулуза; Bordeaux, Бордо; Lille, Лилль; Strasbourg, Страсбург; Nantes, Нант
Europe/Brussels > Brussels, Bruxelles, Brussel, Брюссель; Antwerp, Antwerpen, Антверпен; Ghent, Gent, Гент
Europe/Amsterdam > Amsterdam, Амстердам; Rotterdam, Роттердам; The Hague, Den Haag, Гаага; Utrecht, Утрехт; Eindhoven, Эйндховен
Europe/Berlin > Berlin, Берлин; Hamburg, Гамбург; Munich, München, Muenchen, Мюнхен; Cologne, Köln, Koeln, Кёльн; Frankfurt, Frankfurt am Main, Франкфурт; Stuttgart, Штутгарт; Düsseldorf, Duesseldorf, Дюссельдорф; Leipzig, Лейпциг; Dresden, Дрезден; Hanover, Hannover, Ганновер; Nuremberg, Nürnberg, Нюрнберг; Bremen, Бремен
Europe/Zurich > Zurich, Zürich, Цюрих; Geneva, Genève, Genf, Женева; Basel, Базель; Bern, Берн; Lausanne, Лозанна
Europe/Vienna > Vienna, Wien, Вена; Graz, Грац; Salzburg, Зальцбург
Europe/Rome > Rome, Roma, Рим; Milan, Milano, Милан; Turin, Torino, Турин; Naples, Napoli, Неаполь; Florence, Firenze, Флоренция; Bologna, Болонья
Europe/Prague > Prague, Praha, Прага; Brno, Брно
Europe/Bratislava > Bratislava, Братислава
Europe/Budapest > Budapest, Будапешт
Europe/Warsaw > Warsaw, Warszawa, Варшава; Krakow, Cracow, Kraków, Краков; Gdansk, Gdańsk, Гданьск; Wroclaw, Wrocław, Вроцлав; Poznan, Poznań, Познань; Lodz, Łódź, Лодзь; Katowice, Катовице
Europe/Copenhagen > Copenhagen, København, Копенгаген; Aarhus, Орхус
Europe/Stockholm > Stockholm, Стокгольм; Gothenburg, Göteborg, Гётеборг; Malmö, Мальмё
Europe/Oslo > Oslo, Осло; Bergen, Берген
Europe/Helsinki > Helsinki, Хельсинки; Espoo, Эспоо; Tampere, Тампере
Europe/Tallinn > Tallinn, Таллин, Таллинн
Europe/Riga > Riga, Рига
Europe/Vilnius > Vilnius, Вильнюс; Kaunas, Каунас
Europe/Minsk > Minsk, Минск
Europe/Kyiv > Kyiv, Kiev, Киев, Київ; Lviv, Львов, Львів; Odesa, Odessa, Одесса, Одеса; Kharkiv, Харьков, Харків; Dnipro, Днепр, Дніпро
Europe/Chisinau > Chisinau, Chișinău, Кишинёв
Europe/Bucharest > Bucharest, București, Бухарест; Cluj-Napoca, Cluj, Клуж
Europe/Sofia > Sofia, София
Europe/Belgrade > Belgrade, Beograd, Белград; Novi Sad, Нови-Сад
Europe/Zagreb > Zagreb, Загреб
Europe/Ljubljana > Ljubljana, Любляна
Europe/Athens > Athens, Афины; Thessaloniki, Салоники
Europe/Istanbul > Istanbul, Стамбул; Ankara, Анкара; Izmir, Измир; Antalya, Анталья
Asia/Nicosia > Nicosia, Никосия; Limassol, Лимасол; Larnaca, Ларнака
Europe/Kaliningrad > Kaliningrad, Калининград
Europe/Moscow > Moscow, Москва, мск; Saint Petersburg, St Petersburg, St. Petersburg, Санкт-Петербург, Петербург, спб, питер; Kazan, Казань; Nizhny Novgorod, Нижний Новгород; Rostov-on-Don, Ростов-на-Дону, Ростов; Krasnodar, Краснодар; Voronezh, Воронеж; Sochi, Сочи
Europe/Samara > Samara, Самара; Tolyatti, Тольятти
Europe/Volgograd > Volgograd, Волгоград
Asia/Yekaterinburg > Yekaterinburg, Ekaterinburg, Екатеринбург, екб; Chelyabinsk, Челябинск; Perm, Пермь; Ufa, Уфа; Tyumen, Тюмень
Asia/Omsk > Omsk, Омск
Asia/Novosibirsk > Novosibirsk, Новосибирск, нск
Asia/Krasnoyarsk > Krasnoyarsk, Красноярск
Asia/Irkutsk > Irkutsk, Иркутск
Asia/Vladivostok > Vladivostok, Владивосток; Khabarovsk, Хабаровск
Asia/Tbilisi > Tbilisi, Тбилиси; Batumi, Батуми
Asia/Yerevan > Yerevan, Ереван
Asia/Baku > Baku, Баку
Asia/Almaty > Almaty, Алматы, Алма-Ата; Astana, Астана
Asia/Tashkent > Tashkent, Ташкент
Asia/Bishkek > Bishkek, Бишкек
Asia/Jerusalem > Jerusalem, Иерусалим; Tel Aviv, Tel-Aviv, Тель-Авив; Haifa, Хайфа
Asia/Beirut > Beirut, Бейрут
Asia/Amman > Amman, Амман
Asia/Riyadh > Riyadh, Эр-Рияд; Jeddah, Джидда
Asia/Qatar > Doha, Доха
Asia/Dubai > Dubai, Дубай; Abu Dhabi, Абу-Даби
Asia/Tehran > Tehran, Тегеран
Asia/Karachi > Karachi, Карачи; Lahore, Лахор; Islamabad, Исламабад
Asia/Kolkata > Mumbai, Bombay, Мумбаи; Delhi, New Delhi, Дели; Bangalore, Bengaluru, Бангалор; Chennai, Ченнаи; Hyderabad, Хайдарабад; Pune, Пуна; Kolkata, Calcutta, Калькутта
Asia/Kathmandu > Kathmandu, Катманду
Asia/Dhaka > Dhaka, Дакка
Asia/Colombo > Colombo, Коломбо
Asia/Yangon > Yangon, Rangoon, Янгон
Asia/Bangkok > Bangkok, Бангкок; Phuket, Пхукет
Asia/Ho_Chi_Minh > Ho Chi Minh City, Saigon, Хошимин; Hanoi, Ханой
Asia/Jakarta > Jakarta, Джакарта
Asia/Makassar > Bali, Бали; Denpasar, Денпасар
Asia/Kuala_Lumpur > Kuala Lumpur, Куала-Лумпур
Asia/Singapore > Singapore, Сингапур
Asia/Manila > Manila, Манила; Cebu
Asia/Hong_Kong > Hong Kong, Hongkong, Гонконг
Asia/Shanghai > Shanghai, Шанхай; Beijing, Peking, Пекин; Shenzhen, Шэньчжэнь; Guangzhou, Гуанчжоу; Hangzhou
Asia/Taipei > Taipei, Тайбэй
Asia/Seoul > Seoul, Сеул; Busan, Пусан
Asia/Tokyo > Tokyo, Токио; Osaka, Осака; Kyoto, Киото; Yokohama
Australia/Sydney > Sydney, Сидней; Canberra, Канберра
Australia/Melbourne > Melbourne, Мельбурн
Australia/Brisbane > Brisbane, Брисбен
Australia/Adelaide > Adelaide, Аделаида
Australia/Perth > Perth, Перт
Pacific/Auckland > Auckland, Окленд; Wellington, Веллингтон; Christchurch
Africa/Cairo > Cairo, Каир
Africa/Casablanca > Casablanca, Касабланка
Africa/Tunis > Tunis, Тунис
Africa/Lagos > Lagos, Лагос; Abuja
Africa/Accra > Accra, Аккра
Africa/Nairobi > Nairobi, Найроби
Africa/Johannesburg > Johannesburg, Йоханнесбург; Cape Town, Кейптаун; Durban
America/New_York > New York, New York City, NYC, Нью-Йорк; Boston, Бостон; Washington, Washington DC, Вашингтон; Philadelphia, Филадельфия; Miami, Майами; Atlanta, Атланта; Charlotte; Orlando
America/Chicago > Chicago, Чикаго; Houston, Хьюстон; Dallas, Даллас; Austin, Остин; Minneapolis; Nashville; New Orleans
America/Denver > Denver, Денвер; Salt Lake City, Солт-Лейк-Сити
America/Phoenix > Phoenix, Финикс
America/Los_Angeles > Los Angeles, Лос-Анджелес; San Francisco, Сан-Франциско; San Diego, Сан-Диего; San Jose; Seattle, Сиэтл; Las Vegas, Лас-Вегас; Portland; Palo Alto
Pacific/Honolulu > Honolulu, Hawaii, Гонолулу
America/Toronto > Toronto, Торонто; Montreal, Montréal, Монреаль; Ottawa, Оттава
America/Vancouver > Vancouver, Ванкувер
America/Edmonton > Calgary, Калгари; Edmonton
America/Mexico_City > Mexico City, Ciudad de México, Мехико; Guadalajara
America/Bogota > Bogota, Bogotá, Богота; Medellin, Medellín
America/Lima > Lima, Лима
America/Santiago > Santiago, Сантьяго
America/Argentina/Buenos_Aires > Buenos Aires, Буэнос-Айрес
America/Montevideo > Montevideo
America/Sao_Paulo > Sao Paulo, São Paulo, Сан-Паулу; Rio de Janeiro, Rio, Рио-де-Жанейро; Brasilia, Brasília
`;
