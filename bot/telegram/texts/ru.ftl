# Всё, что говорит бот, по-русски. Имена и переменные те же, что в en.ftl; тест сравнивает оба файла.

## Кнопки
button-done = Готово
button-snooze = Отложить ▸
button-skip = Пропустить
button-cancel = Отменить
button-back = ◂ Назад
button-undo = Вернуть
button-accept = Принять
button-discard = Отклонить
button-open-app = Открыть в приложении

## Команды, описания, меню
command-start = Начать или начать заново
command-today = Просроченное, сегодня и дальше
command-reminders = Все открытые напоминания
command-remind = Поставить напоминание своими словами
command-zone = Указать часовой пояс
command-settings = Время, выходные, язык, пауза
command-export = Все ваши данные файлом
command-privacy = Что я о вас храню
command-delete_me = Удалить всё ваше
command-cancel = Закрыть открытый вопрос
command-help = Что я умею
bot-description = Расскажите о лиде своими словами. Я составлю план касаний, напомню о каждом шаге в удобное вам время и не дам лиду остыть.
bot-short-description = Планы касаний и напоминания по вашим лидам.
menu-button = Открыть

## Начало и помощь
start-hello = Здравствуйте, { $name }. Я Nudge.
start-hello-nameless = Здравствуйте. Я Nudge.
start-what = Расскажите о лиде своими словами: я составлю план касаний и напомню о каждом шаге, пока вам не ответят или вы не скажете «хватит».
start-next = Дальше: { $step }, { $when }. Остальное покажет /today.
start-late = Ещё открыто: { $step }, { $late }. Остальное покажет /today.
start-nothing-planned = Пока ничего не запланировано. Расскажите о лиде, и я составлю план.
start-all-paused = { $count ->
    [one] На паузе { $count } напоминание: лид ответил. Смотрите /leads.
    [few] На паузе все { $count } напоминания: лиды ответили. Смотрите /leads.
   *[other] На паузе все { $count } напоминаний: лиды ответили. Смотрите /leads.
  }
example-intro = Для начала напишите, кто это и как обстоят дела, например:
example-lead = Анна Ковальская, «Балтик Фрейт», anna@balticfreight.example. Познакомились в Гамбурге, просит цены на три маршрута.
help-title = Как это работает
help-lead = Напишите о лиде, вставьте подпись или контакт: я предложу план с датами. Примите его, и я напомню о каждом шаге.
help-card = У каждого напоминания есть «Готово», «Отложить», «Пропустить» и «Отменить», а после них «Вернуть».
help-commands =
    /today: просроченное, сегодня и дальше
    /newlead: добавить лида по вопросам
    /leads Анна: ваши лиды или поиск по ним
    /plans: идущие планы
    /reminders: все открытые напоминания
    /remind позвонить Анне завтра в 9: своё напоминание
    /remind позвонить Анне каждый понедельник в 9: повторяющееся
    /zone Москва: ваш часовой пояс
    /settings: время, рабочие дни, язык, пауза
    /export: все ваши данные файлом
    /privacy: что я о вас храню
    /delete_me: удалить всё это
    /help: это сообщение

## Где человек
zone-ask = Где вы находитесь? Выберите город или напишите свой.
zone-now = Ваш часовой пояс: { $zone }, там сейчас { $time }.
zone-set = Записал: { $zone }, у вас { $time }.
zone-hours = Напоминаю с { $from } до { $to }, шаги плана ставлю на { $preferred }.
zone-moved = { $count ->
    [one] { $count } шаг плана перенесён на ваше новое время.
    [few] { $count } шага плана перенесены на ваше новое время.
   *[other] { $count } шагов плана перенесены на ваше новое время.
}
zone-unknown = Не знаю места «{ $place }». Напишите ближайший большой город, например Москва, или смещение вроде UTC+3.
zone-ambiguous = «{ $place }» означает разное время. Напишите город: { $places }.
zone-out-of-range = Мест со смещением «{ $place }» нет. Смещения бывают от UTC-12 до UTC+14; надёжнее назвать город.
zone-needs-city = Для «{ $place }» нужен город, потому что часы там переводят. Напишите ближайший большой.

## Вопросы, которые ждут ответа
button-leave-form = Не нужно
form-left = Закрываю вопрос: { $what }. Ничего не изменилось.
form-text-please = Здесь нужен текст: { $what }. Чтобы закрыть вопрос, отправьте /cancel.
form-start-again = С тех пор как я спросил, меня обновили, поэтому начнём заново: нажмите кнопку ещё раз. Ваш текст не сохранён.
form-not-open = Этот вопрос уже закрыт
form-zone = ваш часовой пояс
form-settings-hour = время для шагов плана
form-settings-quiet = тихие часы
form-settings-pause = конец паузы
form-delete-me = слово, которое удаляет всё
cancel-nothing = Открытых вопросов нет.

## Настройки
settings-title = Настройки
settings-zone = Часовой пояс: { $zone }, там сейчас { $time }.
settings-zone-unknown = Часовой пояс пока не известен, считаю по UTC.
settings-hour = Шаги плана приходят в { $clock }.
settings-hour-quiet = Шаги плана стоят на { $clock }, но тихие часы длятся до { $instead }: тогда они и придут.
settings-quiet = Тихие часы: с { $from } до { $to }.
settings-quiet-none = Тихих часов нет.
settings-days = Рабочие дни: { $days }.
settings-days-all = Рабочие дни: каждый день.
settings-language = Язык: русский.
settings-going = Напоминания приходят по плану.
settings-paused = Всё на паузе до { $when }.
settings-saved = Записал. { $what }
settings-hour-ask = В какое время дня присылать шаги плана? Время, которое вы выбрали сами, не меняется.
settings-quiet-ask = Когда ничего не присылать? То, что придётся на эти часы, придёт после них.
settings-days-ask = В какие дни могут приходить шаги плана? Нажмите на день, чтобы переключить его.
settings-pause-ask = До какого времени ничего не присылать? Накопившееся придёт потом, понемногу в день, сначала самое старое.
settings-pause-means = До этого времени ничего не приходит. Накопившееся придёт потом, понемногу в день, сначала самое старое.
settings-pause-echo = Пауза до { $when }?
settings-pause-begins-now = Пауза начнётся сразу, и в дни до отъезда тоже ничего не придёт. Если так рано, напишите мне об этом, когда будете уезжать.
settings-pause-passed = Этот момент уже прошёл. Откройте /settings, там свежий выбор.
settings-hour-type = В какое время дня присылать шаги плана? Например, 9:30.
settings-hour-unclear = Не вижу здесь времени дня. Напишите, например, 9:30 или 2 часа дня.
settings-quiet-type = С какого и до какого часа ничего не присылать? Например, 21-8, или «нет», если тихие часы не нужны.
settings-quiet-unclear = Не вижу здесь двух времён. Напишите, например, 21:00-8:00, или «нет», если тихие часы не нужны.
settings-quiet-doubtful = С { $from } до { $to } — это почти весь день. Напишите оба времени с минутами, например 22:00-7:00, или «нет», если тихие часы не нужны.
settings-pause-type = До какого времени ничего не присылать? Например: понедельник, 1 декабря, через 10 дней.
button-zone = Часовой пояс
button-hour = Время шагов
button-quiet = Тихие часы
button-days = Рабочие дни
button-pause = Пауза
button-resume = Продолжить сейчас
button-other-language = In English
button-other-choice = Другое…
button-quiet-none = Без тихих часов
button-every-day = Каждый день
button-pause-3-days = 3 дня: { $when }
button-pause-1-week = Неделя: { $when }
button-pause-2-weeks = 2 недели: { $when }
button-pause-yes = На паузу

## Свои данные
export-title = Всё, что я для вас храню, одним файлом. Какой нужен?
export-csv = CSV: лиды и напоминания таблицей.
export-json = JSON: всё целиком, для программ.
export-ics = ICS: открытые напоминания для календаря.
export-working = Пишу файл
export-sent = Вот он: { $name }. Для другого вида отправьте /export.
privacy-title = Что я о вас храню
privacy-profile = Имя, имя и номер в Telegram, язык и настройки.
privacy-leads = Лиды и то, что вы о них написали: { $count }
privacy-plans = Планы: { $count }
privacy-reminders = Напоминания: { $count }
privacy-events = Записи о том, что было с напоминаниями: { $count }
privacy-runs = Планы, заказанные у языковой модели: { $count }
privacy-where = Это лежит в базе того, кто запустил бота; никто другой из его пользователей ваше не видит. Сама переписка хранится в Telegram.
privacy-model = Помогает языковая модель: она получает то, что вы пишете о лиде, и слова о времени, которые я не понял.
privacy-no-model = Языковая модель не подключена: то, что вы пишете, больше никому не уходит.
privacy-place = Из места, которым вы поделились, я храню только часовой пояс.
privacy-how-long = Всё это остаётся, пока вы его не удалите.
privacy-ways = /export отдаст всё файлом, /delete_me всё удалит.
button-export = Выгрузить
button-delete-me = Удалить всё
delete-title = Удалить всё?
delete-what = Лиды: { $leads }, планы: { $plans }, напоминания: { $reminders }, а также заметки, история и настройки: всё исчезнет сразу, здесь и в приложении.
delete-for-good = Вернуть будет нельзя. Если что-то может понадобиться, сначала выгрузите данные.
delete-ask = Чтобы продолжить, напишите слово УДАЛИТЬ.
delete-again = Ничего не удалено: это не то слово. Напишите УДАЛИТЬ, чтобы продолжить, или /cancel, чтобы всё оставить.
delete-done = Всё ваше удалено.
delete-done-next = Я больше ничего о вас не знаю. Напишите, когда захотите начать заново. Сообщения в этом чате вы можете стереть в самом Telegram.
delete-nothing = Ничего вашего у меня нет: ни лидов, ни планов, ни напоминаний.
delete-how = Ничего не удалено. Чтобы удалить всё своё, сначала отправьте /delete_me; тогда я спрошу это слово.

## План, который пишется
button-stop-planning = Стоп
planning-asking = Думаю над планом…
planning-writing = Пишу план…
planning-checking = Проверяю план…
planning-asking_again = Пока не годится, пишу заново…
planning-waiting = Языковая модель занята, жду её…
planning-resumed = Тем временем меня перезапустили, и я начал сначала.
planning-lead-kept = Лид сохранён.
toast-planning-stopping = Останавливаюсь: будет план из шаблона
toast-planning-over = Это уже закончено
plan-by-model = Написано моделью { $model }. Проверьте имена и факты, прежде чем отправлять.
plan-by-model-nameless = Написано языковой моделью. Проверьте имена и факты, прежде чем отправлять.
plan-mended = Форму пришлось поправить.
plan-removed = { $count ->
    [one] Я убрал { $count } предложение, которого ваш текст не подтверждает.
    [few] Я убрал { $count } предложения, которых ваш текст не подтверждает.
   *[other] Я убрал { $count } предложений, которых ваш текст не подтверждает.
}
plan-asked-again = { $count ->
    [one] Пришлось переспросить { $count } раз.
    [few] Пришлось переспросить { $count } раза.
   *[other] Пришлось переспросить { $count } раз.
}
plan-template-invalid = Из готового шаблона: ответы языковой модели не годились.
plan-template-interrupted = Из готового шаблона: меня слишком часто перезапускали, пока писался план.
plan-template-timeout = Из готового шаблона: языковая модель отвечала слишком долго.
plan-template-rate_limited = Из готового шаблона: языковая модель пока не принимает новых запросов.
plan-template-unreachable = Из готового шаблона: языковая модель недоступна.
plan-template-misconfigured = Из готового шаблона: проверьте настройки языковой модели или её счёт.
plan-template-refused = Из готового шаблона: языковая модель отказалась его писать.
plan-template-cut_off = Из готового шаблона: ответ языковой модели оборвался.
plan-template-stopped = Из готового шаблона, потому что вы остановили работу.
plan-template-can-change = Любой черновик можно поправить перед отправкой.

## Лид и его план
plan-summary = { $count ->
    [one] { $count } шаг, { $last }.
    [few] { $count } шага, последний: { $last }.
   *[other] { $count } шагов, последний: { $last }.
}
plan-from-template = По готовому шаблону; любой черновик можно изменить перед отправкой.
plan-notes-cut = { $count ->
    [one] Текст длинный: последний { $count } знак не поместился в заметки о лиде.
    [few] Текст длинный: последние { $count } знака не поместились в заметки о лиде.
   *[other] Текст длинный: последние { $count } знаков не поместились в заметки о лиде.
}
plan-zone-unknown = Время указано по UTC, потому что я не знаю вашего города. Укажите его командой /zone.
plan-started = { $count ->
    [one] План начат: { $count } шаг, { $last }.
    [few] План начат: { $count } шага, последний: { $last }.
   *[other] План начат: { $count } шагов, последний: { $last }.
}
plan-started-bare = План начат.
plan-first-step = Первый шаг: { $step }, { $when }.
plan-ended-earlier = { $count ->
    [one] { $count } напоминание прежнего плана завершено.
    [few] { $count } напоминания прежнего плана завершены.
   *[other] { $count } напоминаний прежнего плана завершены.
}
plan-discarded = План отклонён. Лид сохранён.
toast-plan-started = План начат
toast-plan-discarded = План отклонён
toast-plan-already-started = Этот план уже идёт
toast-plan-already-discarded = Этот план уже отклонён
no-lead-empty = Здесь нет текста. Напишите, кто лид и как обстоят дела.
no-lead-no_words = Не вижу здесь лида. Напишите словами имя и компанию.
no-lead-command = Не знаю такой команды. Список покажет /help.
no-lead-greeting = Здравствуйте. Расскажите о лиде, и я составлю план.
no-lead-question = Пока я принимаю только лидов и напоминания. Что я умею, покажет /help.
no-lead-nobody_named = Не нашёл здесь человека. Напишите имя и компанию, почту или телефон.
list-more = и ещё { $count }

## Лид и что о нём известно
button-lead = Лид ▸
button-edit-lead = Изменить
button-add-note = Заметка
button-delete-lead = Удалить
button-keep-lead = Оставить
button-restore-lead = Вернуть лида
button-open-lead = Открыть его
button-merge-lead = Дополнить его
button-add-anyway = Всё равно добавить
button-add-all = Добавить всех: { $count }
lead-field-name = Имя
lead-field-company = Компания
lead-field-title = Должность
lead-field-emails = Почта
lead-field-phones = Телефон
lead-field-links = Ссылка
lead-field-handles = Telegram
lead-field-zone = Часовой пояс
lead-field-notes = Заметки
lead-line = { $label }: { $value }
lead-refined = Я перечитал текст и поправил или добавил: { $fields }.
lead-line-guessed = { $label }: { $value } (моя догадка)
lead-status = Статус: { $status }
status-new = новый
status-reached_out = первый контакт
status-in_progress = в работе
status-meeting_booked = назначена встреча
status-closed_won = успех
status-closed_lost = отказ
lead-forwarded-from = Переслано от: { $who }
lead-ask = { $field }: пришлите новое значение.
lead-ask-list = Пришлите все сразу, они заменят нынешние.
lead-ask-empty = Чтобы очистить, пришлите «-».
lead-changed = { $field }: теперь { $value }
lead-emptied = { $field }: теперь пусто.
lead-unchanged = Так и было, ничего не изменилось.
lead-cant-empty_name = Лиду нужно имя. Пришлите его.
lead-cant-too_long = Слишком длинно: не больше 200 символов, для заметок 4000. Пришлите короче.
lead-cant-no_email = Не вижу здесь только адрес почты. Пришлите в виде anna@firma.ru, несколько через запятую.
lead-cant-no_phone = Не вижу здесь только номер телефона. Пришлите с кодом страны, например +7 916 123-45-67.
lead-cant-no_link = Не вижу здесь только адрес страницы. Пришлите в виде firma.ru или https://linkedin.com/in/name.
lead-cant-no_handle = Не вижу здесь только имя в Telegram. Пришлите в виде @anna_k.
lead-cant-unknown_zone = Не знаю такого места. Пришлите ближайший большой город, например Москва.
note-ask = Что записать?
note-added = Записал.
lead-delete-ask = Удалить этого лида? Открытые напоминания о нём закончатся. Семь дней всё это можно вернуть.
lead-deleted = Удалён. Вернуть можно в течение семи дней.
lead-deleted-reminders = { $count ->
    [one] Закончилось { $count } открытое напоминание.
    [few] Закончились { $count } открытых напоминания.
   *[other] Закончились { $count } открытых напоминаний.
}
lead-restored = Лид снова на месте.
lead-restored-reminders = { $count ->
    [one] Вместе с ним вернулось { $count } напоминание.
    [few] Вместе с ним вернулись { $count } напоминания.
   *[other] Вместе с ним вернулись { $count } напоминаний.
}
toast-deleted = Удалено
toast-lead-added = Лид добавлен
toast-all-added = { $count ->
    [0] Новых нет
    [one] Добавлен { $count } лид
    [few] Добавлены { $count } лида
   *[other] Добавлены { $count } лидов
}
several-title = Здесь несколько человек ({ $count }):
several-choose = Пока ничего не сохранено. Нажмите, кого добавить: у каждого будет свой план.
several-all-added = Все добавлены. Нажмите на имя, чтобы увидеть план и принять его.
several-alike = { $count ->
    [one] Возможно, { $count } человек уже есть среди ваших лидов. Нажмите на имя, чтобы посмотреть.
    [few] Возможно, { $count } человека уже есть среди ваших лидов. Нажмите на их имена, чтобы посмотреть.
   *[other] Возможно, { $count } человек уже есть среди ваших лидов. Нажмите на их имена, чтобы посмотреть.
}
duplicate-title = { $count ->
    [one] Возможно, этот лид у меня уже есть:
   *[other] Возможно, этот лид у меня уже есть, один из этих:
}
duplicate-nothing-stored = Пока ничего не сохранено.
same-email = та же почта
same-phone = тот же телефон
same-handle = то же имя в Telegram
same-page = та же страница
same-who = те же имя и компания
merge-added = Добавлено: { $fields }.
merge-nothing-new = Всё это уже было известно.
lead-column-name = имя
lead-column-company = компания
lead-column-title = должность
lead-column-contacts = контакты
lead-column-notes = заметки
lead-column-zone = часовой пояс
lead-column-language = язык
form-lead-field = данные лида
form-lead-note = заметку

## Правка плана
button-edit-plan = Изменить план
button-step-add = Добавить шаг
button-pace = Темп
button-versions = Версии
button-replan = Новый план
button-step-words = Текст
button-step-draft = Черновик
button-step-more = Ещё ▸
button-day-earlier = − 1 день
button-day-later = + 1 день
button-step-date = Дата…
button-steps = ◂ Шаги
button-step-up = ↑ Раньше
button-step-down = ↓ Позже
button-step-channel = Канал
button-step-add-after = Добавить шаг после
button-step-remove = Убрать
button-step-at = Поставить
button-step-other-time = Другое время
button-pace-fixed_dates = Дать каждому шагу дату
button-pace-after_previous = Один за другим
button-revert = Вернуться к ней
button-replan-accept = Принять новый план
button-replan-keep = Оставить старый
channel-linkedin_like = LinkedIn: лайк
channel-linkedin_comment = LinkedIn: комментарий
channel-linkedin_connect = LinkedIn: приглашение
channel-linkedin_dm = LinkedIn: сообщение
channel-email_outreach = Письмо
channel-call = Звонок
channel-mutual_intro = Знакомство
channel-followup_message = Сообщение
channel-meeting_request = Приглашение на встречу
channel-other = Другое
pace-fixed_dates = У каждого шага своя дата.
pace-after_previous = Каждый шаг наступает, когда сделан предыдущий.
pace-explained-fixed_dates = С датами каждый шаг приходит в свой день, сделан предыдущий или нет. Промежутки плана остаются.
pace-explained-after_previous = Один за другим: шаг приходит, только когда вы сделали или пропустили предыдущий, с теми же промежутками. Отправленное и выбранное вами время остаются.
step-waits = после предыдущего шага
step-title = Шаг { $number } из { $count }
step-picked = Это время выбрали вы, его ничто не сдвинет.
step-was-sent = О нём я уже напоминал.
step-no-draft = Без черновика.
step-channel-ask = Сейчас это { $channel }. Что выбрать вместо этого?
step-ask-words = Пришлите текст шага { $number }, до { $limit } знаков.
step-ask-draft = Пришлите черновик для шага { $number } или «-», если он не нужен.
step-ask-add = Пришлите новый шаг после шага { $number }: в первой строке — что сделать, дальше черновик, если он есть.
step-ask-date = Когда должен наступить шаг { $number }? Например: «завтра в 9» или «в пятницу днём».
step-time-unclear = Не могу уверенно прочитать отсюда время.
step-time-hint = Попробуйте так: { $hint }.
step-time-echo = Шаг { $number }: { $when }. Верно?
step-time-draft = План ещё не начат, поэтому важен только день; час — ваш обычный.
step-time-quiet = Это вне ваших часов. Я всё равно напомню.
form-step-words = текст шага
form-step-draft = черновик шага
form-step-add = новый шаг
form-step-date = время шага
form-replan = что нового у лида
edit-nothing = Так уже и было.
edit-changed = Изменено.
edit-dated = Дата изменена.
edit-order = Переставлено. Дни и даты остались на своих местах.
edit-added = Добавлено.
edit-removed = Убрано.
edit-pace = Темп изменён.
edit-reverted = Вернул прежнюю версию. Что уже было, остаётся.
edit-moved-to = Шаг { $number } теперь { $when }.
edit-ended = { $count ->
    [one] { $count } напоминание завершено.
    [few] { $count } напоминания завершены.
   *[other] { $count } напоминаний завершено.
}
edit-created = { $count ->
    [one] { $count } напоминание добавлено.
    [few] { $count } напоминания добавлены.
   *[other] { $count } напоминаний добавлено.
}
versions-title = Версии этого плана
versions-none = Ещё ничего не менялось, поэтому версия одна.
version-title = Назад к версии { $number }
version-line = { $number }. { $what }, { $when }
version-created = Как был составлен
version-edit_step = Изменён шаг
version-add_step = Добавлен шаг
version-remove_step = Убран шаг
version-move_step = Шаги переставлены
version-set_plan_pace = Другой темп
version-revert_plan = Возврат к прежней
version-undo = Возвращено
replan-ask = Что нового? Напишите одной-двумя фразами: ответ, звонок, что изменилось. Нынешний план идёт, пока вы не примете новый.
replan-title = Новый план рядом со старым
replan-untouched = Ничего не изменится, пока вы не примете.
replan-kept = Старый план идёт дальше.
diff-was = было { $when }
diff-channel = другой канал
diff-words = новый текст
diff-draft = новый черновик

## Напоминания
reminder-sent-again = Отправляю ещё раз: первое могло дойти
reminder-bare = Ваше напоминание
reminder-bare-lead = Напишите или позвоните
reminder-late = { $late }, срок был { $when }
reminder-still-on = Ещё актуально? Отложите, пропустите или перепишите.
reminder-last = Если сейчас не время, оставьте: напомню через неделю.
reminder-list-title = { $count ->
    [one] Ждёт { $count } напоминание
    [few] Ждут { $count } напоминания
   *[other] Ждут { $count } напоминаний
}
snooze-1h = 1 час: { $when }
snooze-evening = Вечер: { $when }
acted-done = Готово.
acted-skip = Пропущено.
acted-cancel = Отменено.
acted-snooze = Отложено: { $when }.
acted-moved = { $count ->
    [one] Вместе с этим сдвинулся { $count } следующий шаг.
    [few] Вместе с этим сдвинулись { $count } следующих шага.
   *[other] Вместе с этим сдвинулись { $count } следующих шагов.
}
acted-next = Дальше: { $step }, { $when }.
acted-next-late = Ещё открыто: { $step }, { $late }.
acted-nothing-next = Больше ничего не запланировано: { $name }.
already-completed = Уже сделано.
already-skipped = Уже пропущено.
already-cancelled = Уже отменено.
already-other = Здесь нечего менять.
undo-done = Возвращено.
undo-already = Уже возвращено.
undo-next-stays = Следующий шаг уже отправлен, поэтому открыты оба.

## Сегодня
today-late = { $count ->
    [one] Просрочено
   *[other] Просрочено, { $count }
}
today-today = { $count ->
    [one] Сегодня
   *[other] Сегодня, { $count }
}
today-next = Дальше
remind-ask = О чём напомнить и когда? Например: позвонить Анне завтра в 9
remind-ask-when = Когда? Например: завтра в 9, через 2 часа, в пятницу днём
remind-title-missing = А о чём напомнить? Напишите вместе со временем: позвонить Анне завтра в 9
remind-time-missing = А когда? Напишите одним сообщением: позвонить Анне завтра в 9
remind-about = О ком: { $lead }
remind-asleep = Это вне ваших часов, но напомню именно тогда.
remind-set = Напомню: { $when }.
remind-too-old = Эта карточка слишком старая. Отправьте /remind ещё раз.
button-remind = Напомнить
button-other-time = Другое время
button-not-about = Не про { $name }
form-remind = новое напоминание
form-remind-when = время напоминания
reminders-title = Открытые напоминания
reminders-page = Открытые напоминания, страница { $page }
button-earlier = ‹ Раньше
button-later = Позже ›
today-clear = На сегодня больше ничего
today-empty = Ничего не запланировано
today-empty-hint = Расскажите о лиде, и я составлю план.

## Утренняя сводка
digest-title = Доброе утро. Вот ваш день
digest-title-free = Доброе утро. На сегодня ничего нет
digest-done = { $count ->
    [one] Вчера сделано: { $count } дело.
    [few] Вчера сделано: { $count } дела.
   *[other] Вчера сделано: { $count } дел.
}
digest-skipped = { $count ->
    [one] Вчера пропущено: { $count }.
   *[other] Вчера пропущено: { $count }.
}
digest-farewell = Вас не было две недели, поэтому это последняя сводка, пока вы не напишете или не откроете приложение. Напоминания приходят и дальше.
settings-digest-on = Утренняя сводка: в { $clock }, без звука.
settings-digest-off = Утренняя сводка: выключена.
button-digest-on = Утренняя сводка: включить
button-digest-off = Утренняя сводка: выключить

## Что повторяется
recurring-times =
    Ближайшие:
    { $times }
recurring-asleep = Часть этого вне ваших часов; всё равно напомню.
recurring-next = Следующее: { $when }.
recurring-paused = На паузе: не придёт, пока не возобновите.
recurring-ended = Закончено: больше не придёт.
recurring-for-all = Для всех раз начиная с этого.
recurring-did-create = Готово. Будет повторяться:
recurring-did-skip = Пропущено: { $when }.
recurring-did-pause = На паузе.
recurring-did-resume = Снова приходит.
recurring-did-end = Закончено.
recurring-did-change = Изменено для всех раз начиная с этого.
recurring-ask-times = Когда напоминать теперь? Например: каждый понедельник в 9, в последнюю пятницу каждого месяца, каждые 2 недели до марта
recurring-not-again = Это один раз, а здесь нужно то, что повторяется, например: каждый понедельник в 9:00
recurring-comes-again = Снова придёт { $when }.
form-recurring-times = когда повторять
button-recurring = ↻ Повторяется ▸
button-recurring-skip = Пропустить { $when }
button-recurring-times = Другое время
button-recurring-pause = Пауза
button-recurring-resume = Возобновить
button-recurring-end = Закончить
button-recurring-save = Сохранить

## Что прочесть нельзя
unknown-content = Такие сообщения я не читаю. Напишите о лиде, перешлите сообщение, пришлите контакт или файл vCard.
file-too-large = Файл слишком большой: vCard может занимать 64 КБ. Пришлите контакт без фотографии.
file-unreadable = В этом файле нет контакта. Пришлите его как vCard (.vcf) или вставьте то, что есть.
zone-at-sea = В этом месте нет суши, а значит и часов. Напишите ближайший большой город.
group-no = Ваши лиды видите только вы, поэтому я отвечаю лишь в личном чате. Напишите мне туда.

## Ошибки
error-away = Сейчас не могу добраться до хранилища. Сообщение не потеряно: займусь им, как только смогу.
error-away-tap = Сейчас не могу добраться до хранилища. Сделаю это, как только смогу.
error-unexpected = Что-то сломалось на моей стороне, я это записал. Попробуйте ещё раз.
error-stale-button = Это кнопка прежней версии. Нынешние покажет /today.
refusal-action-id-invalid = Не удалось отличить это нажатие от другого. Попробуйте ещё раз.
refusal-action-id-reused = Это уже использовано для другого. Попробуйте ещё раз.
refusal-action-not-found = Здесь нечего возвращать.
refusal-claim-size = Слишком много за один раз. Попробуйте меньше.
refusal-delays-decrease = Шаг плана стоит раньше предыдущего. Составьте новый план.
refusal-delete-unconfirmed = Ничего не удалено: нет подтверждения.
refusal-settings-invalid = Так сохранить нельзя. Хотя бы один час в сутках не должен быть тихим, и хотя бы один день должен быть рабочим.
refusal-illegal-move = Так это напоминание изменить нельзя. Как обстоят дела, покажет /today.
refusal-instant-out-of-range = Это время прошло или слишком далеко. Выберите другое.
refusal-invitation-too-long = Приглашение в LinkedIn должно быть короче 200 символов. Сократите черновик или выберите другой канал.
refusal-lead-bin-over = Этот лид удалён больше семи дней назад, вернуть его уже нельзя.
refusal-lead-closed = Этот лид закрыт. Сначала откройте его снова.
refusal-lead-field-invalid = Не могу сохранить это о лиде. Проверьте и попробуйте ещё раз.
refusal-lead-field-too-long = Слишком длинно: не больше 200 символов, для заметок — 4000.
refusal-lead-limit = У вас 500 лидов, больше нельзя. Сначала удалите лишних.
refusal-lead-name-missing = У лида нет имени. Напишите, кто это.
refusal-lead-not-found = Не нахожу этого лида среди ваших.
refusal-notes-full = Заметки этого лида заполнены: в них помещается 4000 символов. Сначала сократите их.
refusal-note-empty = В этой заметке пока нет слов.
refusal-not-a-person = Не знаю, кто вы. Сначала отправьте /start.
refusal-plan-changed = План тем временем изменился. Откройте его заново и посмотрите.
refusal-planning-already = План для этого лида уже пишется. Он появится через минуту.
refusal-planning-not-found = Это планирование закончено. Что получилось, видно в карточке лида.
refusal-plan-ended = Этот план закончен. Напишите о лиде ещё раз, и будет новый.
refusal-plan-limit = Получится больше 20 новых планов за день. Попробуйте завтра.
refusal-plan-not-found = Не нахожу этого плана среди ваших.
refusal-plan-replaced = План с тех пор заменён, вернуть это нельзя.
refusal-plan-running = Этот план идёт. Отмените его шаги или составьте новый план.
refusal-plan-size = В плане от 3 до 10 шагов.
refusal-recurring-ended = Это повторяющееся напоминание закончилось. Поставьте новое: /remind.
refusal-recurring-limit = У вас 100 повторяющихся напоминаний, больше нельзя. Сначала закончите какие-нибудь.
refusal-recurring-not-found = Не нахожу этого повторяющегося напоминания среди ваших.
refusal-reminder-closed = Это напоминание уже закрыто.
refusal-reminder-limit = Получится больше 200 новых напоминаний за день. Попробуйте завтра.
refusal-reminder-not-found = Не нахожу этого напоминания среди ваших.
refusal-rule-invalid = По такому правилу повторять не могу. Скажите так: каждый понедельник в 9:00.
refusal-schedule-incomplete = У шага плана нет даты. Составьте новый план.
refusal-steps-out-of-order = Даты плана стоят не по порядку. Составьте новый план.
refusal-step-closed = Этот шаг уже позади: сделан, пропущен или отменён. Он остаётся как есть.
refusal-step-fixed = Отправленное, законченное и то, чему вы выбрали время, остаётся на месте. Поставьте шаг ниже.
refusal-step-in-the-way = Один из следующих шагов уже отправлен или стоит на времени, которое вы выбрали, обогнать его нельзя. Выберите время раньше или сначала измените тот шаг.
refusal-step-invalid = Так сохранить шаг нельзя. Нужен текст до 1000 знаков; черновик — не больше 4000.
refusal-step-not-found = Такого шага в плане больше нет.
refusal-step-taken = Этот шаг занят другим открытым напоминанием, вернуть его нельзя.
refusal-step-without-date = У этого шага ещё нет даты: он наступит, когда будет сделан предыдущий.
refusal-title-invalid = Тексту напоминания нужно от 1 до 1000 знаков.
refusal-tray-gone = Этого списка у меня уже нет. Пришлите текст ещё раз.
refusal-undo-impossible = Это вернуть нельзя.
refusal-undo-superseded = С тех пор вы это снова изменили. Сначала верните более новое.
refusal-undo-too-late = Вернуть можно в течение 24 часов; это было раньше.
refusal-execution-not-found = Не нахожу этого запуска задачи. Возможно, он уже удалён.
refusal-execution-open = Этот запуск ещё не закончился.
refusal-job-built-in = Это часть самого Nudge, поэтому так с ней нельзя.
refusal-job-closed = Эта задача завершена, изменить её уже нельзя.
refusal-job-invalid = Так задачу сохранить нельзя.
refusal-job-not-found = Не нахожу этой задачи среди задач ваших команд.
refusal-role-needed = Это могут только владельцы и администраторы команды.
refusal-version-not-found = Эта версия плана больше не хранится.
refusal-zone-unknown = Не знаю такого часового пояса. Напишите ближайший большой город.

button-snooze-other = Другое время…
button-snooze-until = Отложить: { $when }
button-another-time = Другое время
button-keep-note = Сохранить как заметку
form-snooze-time = когда напомнить снова
snooze-ask = Когда напомнить снова? Например: завтра 9:00, в пятницу вечером, через 2 часа, в следующий понедельник после обеда.
snooze-echo = Отложить до { $when }?
snooze-not-meant = Время не подошло. Ничего не изменилось.
time-read-as = Понял так: { $when }.
time-range-start = Беру начало этого срока.
time-in-quiet-hours = Это ваши тихие часы, но напоминание всё равно придёт.
time-on-day-off = Это ваш выходной, но напоминание всё равно придёт.
time-refused-empty = Напишите время словами, например: { $hint }.
time-refused-too-long = Для времени это слишком длинно. Попробуйте: { $hint }.
time-refused-not-understood = Не вижу здесь времени. Попробуйте: { $hint }.
time-refused-partial = Понятно только «{ $part }», а остальное я не угадываю. Попробуйте: { $hint }.
time-refused-vague = Из этого не ясно, когда именно. Скажите, например: { $hint }.
time-refused-ambiguous = Это можно понять по-разному. Скажите, например: { $hint }.
time-refused-contradiction = Эти слова не сходятся: «{ $part }». Попробуйте: { $hint }.
time-refused-no-such-time = Такого не бывает ни в календаре, ни на часах. Попробуйте: { $hint }.
time-refused-past = Это уже прошло. Попробуйте: { $hint }.
time-refused-too-far = До этого больше пяти лет. Попробуйте: { $hint }.
time-refused-zone-named = Время я читаю по вашим часам, без других поясов. Попробуйте: { $hint }.
time-refused-recurring = Это повторяется, а здесь нужен один момент. Попробуйте: { $hint }.
time-refused-too-often = Чаще раза в день я не напоминаю. Попробуйте: { $hint }.
reply-note = Сохранить это как заметку: { $name }?
reply-hint = На напоминание можно ответить и словом «готово» или временем, например «завтра 9:00».
note-words-gone = Эти слова мне больше не видны. Пришлите их ещё раз.

## Список лидов
command-leads = Ваши лиды или поиск по ним
command-plans = Идущие планы и как далеко они продвинулись
leads-all = Ваши лиды
leads-plans = Идущие планы
leads-bin = Удалённые лиды
leads-sought = «{ $words }»
leads-page = страница { $page } из { $pages }
leads-none-all = Лидов пока нет. Расскажите о лиде, и я составлю план.
leads-none-plans = Ни один план не идёт. Откройте лида через /leads или расскажите о новом.
leads-none-bin = Корзина пуста.
leads-none-found = Никто не подходит. Я смотрю имена, компании и контакты; чем меньше букв, тем больше найдётся.
leads-progress = шаги: { $done } из { $count }
leads-restorable = можно вернуть до { $when }
lead-status-changed = Статус теперь: { $status }.
button-status = Статус ▸
button-plan = План ▸
lead-no-plan = Для этого лида план сейчас не идёт.
button-bin = Корзина ({ $count })
button-all-leads = ◂ Все лиды

## Пересланный ответ лида
forward-answered = { $count ->
    [0] Пришёл ответ. Ничего не запланировано, так что приостанавливать нечего.
    [one] Пришёл ответ: приостановлено { $count } напоминание.
    [few] Пришёл ответ: приостановлены { $count } напоминания.
   *[other] Пришёл ответ: приостановлено { $count } напоминаний.
}
forward-waits = Ничего не придёт, пока вы не продолжите или не примете новый план.
forward-noted = Ответ сохранён в заметках.
forward-noted-cut = Заметки заполнены: ответ поместился не целиком.
forward-whose = Чей это ответ? Пока ничего не изменено.
lead-paused-since = Пауза с { $when }: пришёл ответ.
lead-resumed = { $count ->
    [one] Пауза окончена: продолжается { $count } напоминание.
    [few] Пауза окончена: продолжаются { $count } напоминания.
   *[other] Пауза окончена: продолжаются { $count } напоминаний.
}
lead-not-paused = Этот лид не на паузе.
button-new-plan = Новый план
button-resume-lead = Продолжить
button-somebody-new = Кто-то новый
list-paused = на паузе
today-paused = { $count ->
    [one] Ещё { $count } напоминание на паузе: лид ответил. Смотрите /leads.
    [few] Ещё { $count } напоминания на паузе: лиды ответили. Смотрите /leads.
   *[other] Ещё { $count } напоминаний на паузе: лиды ответили. Смотрите /leads.
}

## Почему напоминание приходит именно тогда: слова мини-приложения
why-now = Почему сейчас?
why-due = Было назначено на { $when }.
why-coming = Придёт { $when }.
why-plan = { $days ->
    [0] Правило: сразу
    [one] Правило: через { $days } день после начала
    [few] Правило: через { $days } дня после начала
   *[many] Правило: через { $days } дней после начала
}
why-plan-text = Шаг { $step } плана от { $start }
why-own = Вы об этом попросили
why-own-text = Ваше напоминание, создано { $when }
why-trigger = Шаг стал ближе
why-trigger-text = { $by ->
    [interested_reply] Пришёл ответ, { $when }
    [cadence] Предыдущий шаг сделан
    [pdf_download] Документ открыли, { $when }
   *[other] Из-за события «{ $by }», { $when }
}
why-day = Вместо { $from } стало { $to }
why-day-text = Первый день у вас не рабочий
why-usual-hour = В { $clock }, ваш привычный час
why-usual-hour-text = Время: { $zone }
why-picked = В { $clock }, выбранная вами минута
why-picked-text = Выбранное время не меняется, какими бы ни были часы
why-picked-quiet = В тихие часы, потому что вы так выбрали
why-snoozed = Отложено: { $when }
why-snoozed-text = { $times ->
    [one] Пока { $times } раз
    [few] Уже { $times } раза
   *[many] Уже { $times } раз
}
why-moved = Перенесено: { $when }
why-moved-text = Было { $from }
why-hours-moved = По новым часам: { $when }
why-followed = Вслед за предыдущим шагом: { $when }
why-held-window = Ждало начала ваших часов
why-held-window-text = Попало на тихие часы или выходной
why-held-parked = Пока придержано
why-held-parked-text = Во время паузы или пока чат недоступен, ничего не приходит
why-held-retry = Отправлено снова
why-held-retry-text = Первое сообщение Telegram не принял
why-asked-again = { $times ->
    [one] Напомнили { $times } раз
    [few] Напомнили { $times } раза
   *[many] Напомнили { $times } раз
}
why-asked-again-text = Последний раз { $when }

## Голосовые, картинки и файлы
media-heard = Я услышал:
media-seen = На картинке я прочитал:
media-too-large = Этот файл больше { $megabytes } МБ, столько я не возьму. Пришлите файл поменьше или напишите текстом.
voice-off = Голосовые я здесь не слышу: распознавание речи не подключено. Напишите, пожалуйста, текстом.
voice-too-long = Это дольше { $minutes } минут. Пришлите частями или напишите текстом.
voice-nothing = Слов в записи я не расслышал. Скажите ещё раз или напишите текстом.
voice-away = Распознавание речи сейчас не отвечает. Пришлите через несколько минут ещё раз или напишите текстом.
voice-refused = Распознать эту запись не получилось. Напишите, пожалуйста, текстом.
picture-off = Картинки я здесь не читаю: языковая модель, которая видит, не подключена. Напишите, что на ней написано, или пришлите контакт.
picture-nothing = На этой картинке не вижу ни человека, ни компании. Напишите, что на ней написано, или пришлите снимок чётче.
picture-away = Языковая модель сейчас не отвечает про эту картинку. Пришлите через несколько минут ещё раз или напишите, что на ней написано.
picture-refused = Языковая модель не смогла прочитать эту картинку. Напишите, что на ней написано, или пришлите контакт.
text-file-too-large = Этот текст больше { $kilobytes } кБ. Вставьте ту часть, где речь о лиде.
text-file-empty = В этом файле нет слов, которые я мог бы прочитать. Вставьте текст сообщением.
unknown-sticker = Такие сообщения я не читаю, какими бы милыми они ни были. Напишите о лиде или пришлите контакт.
unknown-video = Видео я не смотрю. Напишите о лиде, перешлите сообщение или пришлите контакт.
unknown-poll = С опросами и списками такого рода я ничего не умею. Напишите о лиде или о напоминании через /remind.
unknown-document = Такие файлы я не читаю. Читаю тексты, таблицы лидов (.csv), картинки и контакты (.vcf).

## Перенос шага за следующий
rebase-passes = Новое время: { $when }. Это позже следующего шага.
rebase-ask = Как сдвинуть следующие шаги? Пока ничего не изменено.
rebase-option = { $type ->
    [keep_gaps] Сохранить промежутки
    [keep_dates] Сохранить даты
   *[squeeze] Сжать
} · до { $when }
rebase-done = Новое время: { $when }.
rebase-stays = { $when }, без изменений
rebase-changed = План тем временем изменился. Вот его даты теперь.

## Изменённые сообщения
edited-changed = Вы изменили сообщение, и я поправил лида: { $fields }.
edited-plan-stays = Уже написанные черновики остаются как есть.
edited-kept = Вы изменили сообщение. Лид остаётся как есть: в нём с тех пор записано другое.
edited-acted = По этому сообщению я уже всё сделал, каким оно было сначала. Отмените под моим ответом или напишите заново.

## Новый лид по вопросам
command-newlead = Добавить лида по вопросам
new-lead-ask-name = Кто это? Пришлите имя. Или напишите одним сообщением всё, что знаете, дальше я разберусь.
new-lead-ask-company = Какая компания? Пришлите «-», если не знаете.
new-lead-ask-context = Как обстоят дела и что вы знаете: где познакомились, чего хотят, почта, телефон?
new-lead-no-company = Без компании.
new-lead-nothing-else = Больше ничего.
form-new-lead-name = имя нового лида
form-new-lead-company = компания нового лида
form-new-lead-context = новый лид

## Ссылка в чат
start-link-nothing = По этой ссылке нет ничего вашего. Если её кто-то прислал, открыть её может только он сам.
start-in-app = Это в приложении.

## Таблица лидов
button-import = Загрузить: { $count }
button-import-leave = Не надо
import-new = { $count ->
    [0] Новых лидов в этой таблице нет.
    [one] { $count } новый лид.
    [few] { $count } новых лида.
   *[many] { $count } новых лидов.
}
import-alike = { $count ->
    [one] { $count } лид, похоже, уже есть, его пропускаю.
    [few] { $count } лида, похоже, уже есть, их пропускаю.
   *[many] { $count } лидов, похоже, уже есть, их пропускаю.
}
import-repeated = { $count ->
    [one] { $count } строка повторяет другую.
    [few] { $count } строки повторяют другие.
   *[many] { $count } строк повторяют другие.
}
import-over-limit = { $count ->
    [one] { $count } лид не поместится: лидов может быть 500.
    [few] { $count } лида не поместятся: лидов может быть 500.
   *[many] { $count } лидов не поместятся: лидов может быть 500.
}
import-nameless = Строки, где никто не назван: { $lines }.
import-unknown-columns = Незнакомые колонки пойдут в заметки: { $columns }.
import-nothing-yet = Пока ничего не сохранено.
import-working = Сохраняю
import-done = { $count ->
    [0] Новых лидов не сохранено.
    [one] { $count } лид сохранён.
    [few] { $count } лида сохранены.
   *[many] { $count } лидов сохранены.
}
import-next = Они в /leads; план для лида начинается с его карточки.
import-left = Ничего не загружено.
import-file-gone = Этого файла я больше не вижу. Пришлите его ещё раз.
import-too-large = Эта таблица больше { $kilobytes } кБ. Пришлите её частями.
import-nobody = Ни одна строка этой таблицы никого не называет. Лиду нужны имя, компания или почта.
import-no-table-empty = Под заголовком этой таблицы нет строк.
import-no-table-no_heading = Первая строка должна называть колонки, например: имя, компания, почта, телефон, заметки.
import-no-table-broken = Не могу прочитать таблицу: в ней не закрыта кавычка. Сохраните её заново как CSV.
import-no-table-too_many = В этой таблице больше 1000 строк. Пришлите её частями; лидов может быть 500.

## Задачи, для владельцев и администраторов
command-jobs = Что работает в фоне
jobs-not-yours = Задачи команды видят только её владельцы и администраторы. Что я умею для вас, сказано в /help.
jobs-title = Задачи
jobs-page = Задачи, страница { $page }
jobs-empty = Задач пока нет.
job-name-sweep = Возврат прерванных отправок
job-name-retention = Удаление старых записей
job-name-watchdog = Надзор за всем
job-name-recurring = Повторяющиеся напоминания
job-name-digests = Утренние сводки
job-name-loop-dispatch = Отправка напоминаний
job-name-loop-promotion = Продвижение следующих шагов
job-name-loop-planning = Составление планов
job-name-loop-jobs = Выполнение задач
job-state-next = следующий запуск { $when }
job-state-loop-alive = работает всегда, последний признак жизни { $ago } назад
job-state-loop-silent = нет признаков жизни уже { $ago }
job-state-loop-unheard = признаков жизни ещё не было
job-state-paused = на паузе
job-state-waits-for-event = запускается по своему событию
job-state-under-way = выполняется
job-state-completed = завершена
job-state-failed = окончательно не удалась
job-state-cancelled = отменена насовсем
job-rule = Расписание: { $rule } ({ $zone })
job-stats = Удачных запусков: { $successes } из { $executions }.
job-took = В среднем { $average }; 19 из 20 заняли не больше { $p95 }.
job-last-runs = Последние запуски
job-run-pending = ждёт
job-run-running = идёт
job-run-success = готово
job-run-failed = не удалось
job-run-timeout = слишком долго
job-run-cancelled = остановлено
job-run-skipped = пропущено
job-attempts = Попыток: { $count }
job-log-empty = Записей в журнале нет.
job-did-pause = На паузе: пока не продолжите, запусков не будет.
job-did-resume = Снова работает. Пропущенное за это время не навёрстывается.
job-did-run = Запущено.
job-did-retry = Пробую ещё раз.
button-run-now = ▶ Запустить
button-job-pause = ⏸ Пауза
button-job-resume = ⏵ Продолжить
button-jobs = ◂ Все задачи
button-look-again = ⟳ Обновить
button-retry-run = ↻ Ещё раз
