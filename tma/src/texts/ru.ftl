# Слова мини-приложения по-русски. Глаголы на кнопках, без упрёков.

today = Сегодня
late = Опоздали
next-7-days = Ближайшие 7 дней
from-the-link = Из чата
to-do = { $count ->
    [one] { $count } дело
    [few] { $count } дела
   *[many] { $count } дел
}
to-do-and-done = { $count ->
    [one] { $count } дело
    [few] { $count } дела
   *[many] { $count } дел
}, сделано { $done }
was = было на { $when }
waiting = Ждут отправки
own-reminder = Ваше напоминание
paused = Ждут вас: пришёл ответ
waits-for-them = Ждёт: пришёл ответ · было { $when }
go-on = Как продолжим?
long-date = { $weekday ->
    [1] Понедельник
    [2] Вторник
    [3] Среда
    [4] Четверг
    [5] Пятница
    [6] Суббота
   *[7] Воскресенье
}, { $day } { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
}

done = Готово
snooze = Отложить
skip = Пропустить
cancel = Отменить
close = Закрыть
undo = Вернуть
retry = Повторить
try-again = Попробовать снова

draft = Черновик
copy = Копировать
copied = Скопировано
copy-failed = Здесь копировать нельзя. Нажмите на текст и удерживайте.
show-whole-draft = Показать целиком
show-less = Свернуть

action-type = { $type ->
    [email_outreach] Письмо
    [call] Звонок
    [linkedin_like] LinkedIn
    [linkedin_comment] LinkedIn
    [linkedin_connect] LinkedIn
    [linkedin_dm] LinkedIn
    [mutual_intro] Знакомство
    [followup_message] Сообщение
    [meeting_request] Встреча
   *[other] Шаг
}

did-complete = Готово: { $name }
did-skip = Пропущено: { $name }
did-cancel = Отменено: { $name }
did-snooze = Отложено: { $when }
did-with-next = { $what } · дальше { $when }
did-with-late = { $what } · ещё открыто, { $late }
not-saved = Не сохранено: сервер не отвечает.
not-undone = Не возвращено: сервер не отвечает.
undo-both-open = Возвращено. Следующий шаг уже отправлен, поэтому открыты оба.

first-title = Кто не должен остыть?
first-text = Расскажите боту об одном контакте своими словами. Он составит план, и первый шаг появится здесь.
first-action = Добавить первый контакт
first-or = Или возьмите готовое
first-forward = Переслать боту сообщение

clear-title = На сегодня всё
clear-done = Сделано: { $done }, опозданий нет.
clear-title-quiet = На сегодня ничего нет
clear-next = Следующее: { $when }.
clear-none = В ближайшие 7 дней ничего нет. Расскажите боту о контакте, и он появится здесь.

loading = Загружаем напоминания
stale-title = Нет связи
stale-text = данные на { $when }
error-title = Напоминания не загрузились
error-text = Сервер Nudge не ответил. Сами напоминания не пострадали и придут вовремя.
over-title = Откройте Nudge снова
over-text = Страница открыта слишком долго. Закройте её и откройте из чата: всё останется на месте.
refused-title = Это открыто не из чата Nudge
refused-text = Подпись Telegram не подходит этому боту. Закройте страницу и откройте её из чата бота.
broken-title = На странице что-то сломалось
broken-text = Напоминания в сохранности. Загрузите страницу снова.
reload = Загрузить снова
outside-title = Nudge живёт в Telegram
outside-text = Откройте его из чата, и здесь появятся ваши напоминания.
outside-action = Открыть чат
gone-title = Этого напоминания больше нет
gone-text = Возможно, контакт удалён или ссылка принадлежит кому-то другому.
linked-completed = { $name }: уже сделано.
linked-skipped = { $name }: вы это пропустили.
linked-cancelled = { $name }: напоминание отменено.
linked-failed = { $name }: Telegram не смог это доставить. Напоминание вернётся само.

# Вокруг страниц.
calendar = Календарь
leads = Контакты
insights = Итоги
settings = Настройки
new-reminder = Новое напоминание
plan = План
sections = Разделы
badge-late = опоздали:
back = Назад
loading-page = Минуту
waits-for-connection = { $what }. Ждёт связи.
did-reschedule = Перенесено: { $when }
did-and-followed = { $what } · { $count ->
    [one] сдвинут ещё { $count } шаг
    [few] сдвинуты ещё { $count } шага
   *[many] сдвинуто ещё { $count } шагов
}

# Одно напоминание.
more = Ещё
why-now = Почему сейчас?

## Later

# Одно напоминание и отказы.
snooze-1h = Через час
snooze-evening = Вечером
snooze-tomorrow = Завтра
snooze-2days = Через 2 дня
snooze-monday = В понедельник
snooze-pick = Выбрать дату и время
snooze-picked = Отложить до этого времени
snooze-past = Это время уже прошло. Выберите более позднее.
snooze-note = Время: { $zone }. Тихие часы с { $from } до { $to }.
snooze-note-awake = Время: { $zone }.
cancel-title = Отменить это напоминание?
cancel-text = Остальные шаги плана останутся как есть.
cancel-confirm = Отменить напоминание
cancel-keep = Оставить
refused-INVITATION_TOO_LONG = Приглашение в LinkedIn должно быть короче 200 символов. Сократите черновик или выберите другой канал.
refused-PLAN_CHANGED = План тем временем изменился. Посмотрите на него и попробуйте ещё раз.
refused-STEP_CLOSED = Этот шаг уже позади: сделан, пропущен или отменён. Он остаётся как есть.
refused-STEP_FIXED = Отправленное, законченное и то, чему вы выбрали время, остаётся на месте. Поставьте шаг ниже.
refused-STEP_INVALID = Так сохранить шаг нельзя. Нужен текст до 1000 знаков; черновик — не больше 4000.
refused-STEP_IN_THE_WAY = Один из следующих шагов уже отправлен или стоит на времени, которое вы выбрали, обогнать его нельзя. Выберите время раньше или сначала измените тот шаг.
refused-STEP_NOT_FOUND = Такого шага в плане больше нет.
refused-STEP_WITHOUT_DATE = У этого шага ещё нет даты: он наступит, когда будет сделан предыдущий.
refused-EXECUTION_NOT_FOUND = Этого запуска задачи нет. Возможно, он уже удалён.
refused-EXECUTION_OPEN = Этот запуск ещё не закончился.
refused-JOB_BUILT_IN = Это часть самого Nudge, поэтому так с ней нельзя.
refused-JOB_CLOSED = Эта задача завершена, изменить её уже нельзя.
refused-JOB_INVALID = Так задачу сохранить нельзя.
refused-JOB_NOT_FOUND = Этой задачи нет среди задач ваших команд.
refused-ROLE_NEEDED = Это могут только владельцы и администраторы команды.
refused-RECURRING_ENDED = Это повторяющееся напоминание закончилось. Поставьте новое.
refused-RECURRING_LIMIT = 100 повторяющихся напоминаний — предел. Сначала закончите какие-нибудь.
refused-RECURRING_NOT_FOUND = Этого повторяющегося напоминания уже нет.
refused-RULE_INVALID = По такому правилу повторять нельзя. Скажите так: каждый понедельник в 9:00.
refused-VERSION_NOT_FOUND = Эта версия плана больше не хранится.
refused-ACTION_ID_INVALID = Не удалось сохранить. Загрузите страницу снова.
refused-ACTION_ID_REUSED = Это уже сохранено как другое действие. Загрузите страницу снова.
refused-ACTION_NOT_FOUND = Возвращать больше нечего.
refused-CLAIM_SIZE = Отсюда это невозможно.
refused-DELAYS_DECREASE = Шаг не может идти раньше предыдущего.
refused-DELETE_UNCONFIRMED = Ничего не удалено: нет подтверждения.
refused-SETTINGS_INVALID = Так сохранить нельзя. Хотя бы один час в сутках не должен быть тихим, и хотя бы один день должен быть рабочим.
refused-ILLEGAL_MOVE = Это напоминание уже нельзя так изменить.
refused-INSTANT_OUT_OF_RANGE = Выберите время от этой минуты до трёх лет вперёд.
refused-LEAD_BIN_OVER = Этот лид удалён больше семи дней назад, вернуть его уже нельзя.
refused-LEAD_CLOSED = Контакт тем временем закрыт. Сначала откройте его снова.
refused-LEAD_FIELD_INVALID = Не могу сохранить это о лиде. Проверьте и попробуйте ещё раз.
refused-LEAD_FIELD_TOO_LONG = Слишком длинно: не больше 200 символов, для заметок — 4000.
refused-LEAD_LIMIT = Предел: 500 контактов. Удалите ненужные.
refused-LEAD_NAME_MISSING = Контакту нужно имя.
refused-LEAD_NOT_FOUND = Этого контакта больше нет.
refused-NOTES_FULL = Заметки этого лида заполнены: в них помещается 4000 символов. Сначала сократите их.
refused-NOTE_EMPTY = В этой заметке пока нет слов.
refused-NOT_A_PERSON = Откройте Nudge из Telegram снова.
refused-PLANNING_ALREADY = План для этого лида уже пишется.
refused-PLANNING_NOT_FOUND = Это планирование закончено.
refused-PLAN_ENDED = Этот план закончен. Попросите бота о новом.
refused-PLAN_LIMIT = Предел: 20 новых планов в день. Завтра можно продолжить.
refused-PLAN_NOT_FOUND = Этого плана больше нет.
refused-PLAN_REPLACED = Этот план заменён новым.
refused-PLAN_RUNNING = Для этого контакта план уже идёт.
refused-PLAN_SIZE = В плане от 3 до 10 шагов.
refused-REMINDER_CLOSED = Это напоминание уже закрыто.
refused-REMINDER_LIMIT = Предел: 200 новых напоминаний в день. Завтра можно продолжить.
refused-REMINDER_NOT_FOUND = Этого напоминания больше нет.
refused-SCHEDULE_INCOMPLETE = У одного шага ещё нет даты.
refused-STEPS_OUT_OF_ORDER = Шаг оказался бы раньше предыдущего.
refused-STEP_TAKEN = Этот шаг уже занят другим напоминанием.
refused-TITLE_INVALID = Напоминанию нужно несколько слов, до 1000 знаков.
refused-TRAY_GONE = Этого списка уже нет.
refused-UNDO_IMPOSSIBLE = Это нельзя вернуть.
refused-UNDO_SUPERSEDED = С этим напоминанием уже произошло что-то новое, поэтому оно остаётся.
refused-UNDO_TOO_LATE = Вернуть можно в течение 24 часов; это было раньше.
refused-ZONE_UNKNOWN = Этот часовой пояс здесь неизвестен.
plan-gone-title = Этого плана больше нет
plan-gone-text = Возможно, контакт удалён или ссылка принадлежит кому-то другому.
see-all-leads = Все контакты
skip-title = Пропустить этот шаг?
skip-answered = Уже ответили
skip-not-now = Неподходящий момент
skip-not-fitting = Больше не актуально
skip-reason = Другая причина, для заметок
skip-without-reason = Пропустить без причины
too-long = Лишних знаков: { $over }. Предел: { $limit }.
room-left = Осталось знаков: { $left }
copy-draft = Копировать черновик
share-draft = Отправить черновик в чат
open-lead = Открыть контакт

# Календарь
calendar-before = Предыдущий месяц
calendar-after = Следующий месяц
calendar-load = { $open ->
    [0] { $done ->
        [0] ничего
       *[other] сделано: { $done }
    }
   *[other] предстоит: { $open }{ $late ->
        [0] {""}
       *[other] , с опозданием: { $late }
    }{ $done ->
        [0] {""}
       *[other] , сделано: { $done }
    }
}
calendar-count = { $open ->
    [0] сделано: { $done }
   *[other] предстоит: { $open }{ $done ->
        [0] {""}
       *[other] , сделано: { $done }
    }
}
calendar-done = сделано
calendar-day-off = не рабочий день
calendar-clock-change = перевод часов
calendar-forward = В { $at } часы переводят вперёд. Ваши часы остаются прежними.
calendar-back = В { $at } часы переводят назад. Ваши часы остаются прежними.
calendar-free = В этот день ничего нет.
calendar-free-today = Сегодня больше ничего нет.
calendar-clash = { $count ->
    [2] Два
    [3] Три
    [4] Четыре
   *[other] { $count }
} в { $at }
calendar-spread = Развести
calendar-no-room = После них в этот день места нет. Перенесите одно на другой день.
calendar-did-spread = Разведены напоминания: { $count }
calendar-move = Перенести: { $name }
calendar-carrying = Куда перенести «{ $name }»? Выберите день.
calendar-carry-end = Оставить на месте
calendar-move-title = Перенести
calendar-move-to = Новые дата и время
calendar-move-do = Перенести на { $when }
calendar-move-day-off = Это не рабочий день. Напоминание придёт { $when }.
calendar-move-quiet = Это тихие часы. Напоминание придёт { $when }.
calendar-move-anyway = Всё равно { $when }

# Итоги
insights-empty-title = Пока нечего рисовать
insights-empty-text = Когда вы сделаете первые шаги, здесь станет видно, что работает.
insights-period = Какие недели
insights-period-month = 4 недели
insights-period-two-months = 8 недель
insights-period-year = Этот год
insights-weeks-best = Сделано на прошлой неделе: { $done }, это ваш рекорд
insights-weeks-more = Сделано на прошлой неделе: { $done }, больше, чем до этого
insights-weeks-fewer = Сделано на прошлой неделе: { $done }, меньше, чем до этого
insights-weeks-same = Сделано на прошлой неделе: { $done }, столько же, сколько до этого
insights-weeks-first = Сделано на этой неделе: { $done }, начало положено
insights-weeks-none = За эти недели ничего не сделано
insights-weeks-sub = Напоминания по неделям, с понедельника по воскресенье
insights-week = Неделя с
insights-sent = Отправлено
insights-done = Сделано
insights-snoozed = Отложено
insights-skipped = Пропущено
insights-as-table = Таблицей
insights-streak = { $count ->
    [0] Сделайте что-нибудь сегодня, и пойдёт новый ряд дней
    [one] { $count } рабочий день подряд
    [few] { $count } рабочих дня подряд
   *[other] { $count } рабочих дней подряд
}
insights-free-days = В бледные дни ничего не было назначено: это не пропуск.
insights-longest = Рекорд: { $count }
insights-day-done = сделано
insights-day-missed = что-то ждало
insights-day-free = ничего не ждало
insights-day-open = ещё идёт
insights-funnel-half = Половина ваших контактов ответила
insights-funnel = Ответили { $share } % ваших контактов
insights-funnel-sub = Контакты, дошедшие хотя бы сюда
insights-new = Новые
insights-reached_out = Написали
insights-in_progress = В работе
insights-meeting_booked = Встреча
insights-closed_won = Успех
insights-lost = { $count ->
    [one] Сейчас потерян { $count } контакт.
    [few] Сейчас потеряны { $count } контакта.
   *[other] Сейчас потеряно { $count } контактов.
}
insights-answers-best = { $name }: больше всего ответов
insights-answers-none = За эти недели ответов нет
insights-answers-sub = Ответов на 100 сделанных шагов
insights-answers-by = Сгруппировать
insights-by-channel = По каналам
insights-by-step = По шагам
insights-step = Шаг { $step }
insights-of = { $answered } из { $done }
insights-channel-call = Звонок
insights-channel-email = Письмо
insights-channel-linkedin = LinkedIn
insights-channel-introduction = Знакомство
insights-channel-message = Сообщение
insights-channel-meeting = Встреча
insights-channel-other = Другое

# Лиды
lead = Контакт
leads-search = Имя, компания или заметка
leads-search-label = Поиск контактов
leads-filter = Показать
leads-sort = Порядок
leads-first-title = О ком нельзя забыть?
leads-first-text = Добавьте один контакт своими словами. Будет план, и каждый шаг придёт в свой день.
leads-none-title = Здесь никого
leads-none-search = Слов «{ $what }» нет ни в имени, ни в компании, ни в адресах, ни в заметках.
leads-none-filter = Сейчас в этой группе никого нет.
leads-show-all = Показать всех
lead-status = { $type ->
    [new] Новый
    [reached_out] Написали
    [in_progress] В работе
    [meeting_booked] Встреча
    [closed_won] Успех
   *[closed_lost] Потерян
}
lead-filter = { $type ->
    [all] Все
    [late] Опоздание
    [new] Новые
    [reached_out] Написали
    [in_progress] В работе
    [meeting_booked] Встреча
    [closed_won] Успех
    [closed_lost] Потеряны
   *[bin] Корзина
}
lead-sort = { $type ->
    [next] Сначала ближайшие
    [name] По имени
   *[added] Сначала новые
}
lead-progress = { $count ->
    [one] Сделано { $done } из { $count } шага
   *[other] Сделано { $done } из { $count } шагов
}
lead-next = { $when } · { $what }
lead-next-late = { $when } · { $what }
lead-has-draft = План ждёт вашего согласия
lead-no-plan = Плана ещё нет
lead-nothing-open = Ничего не ждёт
lead-in-bin-since = Удалён { $when }
lead-add = Добавить контакт
lead-describe = Кто это?
lead-describe-hint = Вставьте подпись, профиль или сообщение либо опишите своими словами
lead-read = Прочитать
lead-read-none = В этом тексте не нашлось ни человека, ни компании. Добавьте имя или заполните поля сами.
lead-several = В тексте несколько человек. Кого добавить?
lead-by-hand = Заполнить поля
lead-understood = Проверьте, как понят текст
lead-save = Сохранить и составить план
not-read = Не прочитано: сервер не ответил. Текст остался здесь.
not-accepted = Так не получилось. Проверьте поля и попробуйте ещё раз.
did-add-lead = Добавлено: { $name }
import = Загрузить контакты
import-short = Из таблицы (CSV)
import-text = Из таблицы или другой программы. Первая строка называет колонки: имя, компания, почта, телефон, заметки.
import-choose = Выбрать файл
import-paste = Или вставьте таблицу
import-paste-hint = имя, компания, почта
import-pasted = Вставленная таблица
import-look = Сначала посмотреть
import-not-read = Не прочитано: сервер не ответил. Таблица осталась здесь.
import-not-stored = Сервер не ответил. Попробуйте ещё раз: дважды ничего не сохранится.
import-unreadable = Этот файл не читается. Выберите его ещё раз.
import-too-large = Эта таблица больше 1024 кБ. Загрузите её частями.
import-empty = Под заголовком этой таблицы нет строк.
import-no-heading = Первая строка должна называть колонки, например: имя, компания, почта, телефон, заметки.
import-broken = Таблица не читается: в ней не закрыта кавычка. Сохраните её заново как CSV.
import-too-many = В этой таблице больше 1000 строк. Загрузите её частями; контактов может быть 500.
import-nobody = Ни одна строка этой таблицы никого не называет. Нужны имя, компания или почта.
import-new = { $count ->
    [0] Новых контактов в этой таблице нет.
    [one] { $count } новый контакт
    [few] { $count } новых контакта
   *[many] { $count } новых контактов
}
import-alike = { $count ->
    [one] { $count } контакт, похоже, уже есть: пропускается
    [few] { $count } контакта, похоже, уже есть: пропускаются
   *[many] { $count } контактов, похоже, уже есть: пропускаются
}
import-repeated = { $count ->
    [one] { $count } строка повторяет другую
    [few] { $count } строки повторяют другие
   *[many] { $count } строк повторяют другие
}
import-over-limit = { $count ->
    [one] { $count } не поместится: контактов может быть 500
    [few] { $count } не поместятся: контактов может быть 500
   *[many] { $count } не поместятся: контактов может быть 500
}
import-nameless = Строки, где никто не назван, пропускаются: { $lines }
import-unknown-columns = Незнакомые колонки пойдут в заметки: { $columns }
import-nothing-yet = Пока ничего не сохранено.
import-store = { $count ->
    [one] Загрузить { $count } контакт
    [few] Загрузить { $count } контакта
   *[many] Загрузить { $count } контактов
}
import-other = Другая таблица
did-import = { $count ->
    [0] Новых контактов не сохранено
    [one] { $count } контакт сохранён
    [few] { $count } контакта сохранены
   *[many] { $count } контактов сохранены
}
field = { $type ->
    [name] Имя
    [company] Компания
    [title] Должность
    [emails] Почта
    [phones] Телефон
    [links] Ссылки
    [handles] Telegram
    [zone] Часовой пояс
   *[notes] Заметки
}
field-guessed = Это догадка: исправьте, если неверно.
field-name-missing = Контакту нужно имя.
field-email-wrong = «{ $what }» не адрес почты.
field-phone-wrong = «{ $what }» не номер телефона.
field-link-wrong = «{ $what }» не адрес страницы.
field-zone-wrong = Это место неизвестно. Попробуйте крупный город рядом.
field-zone-hint = Город, например Лиссабон
same = { $type ->
    [email] почта
    [phone] телефон
    [handle] имя в Telegram
    [page] страница профиля
   *[who] имя и компания
}
duplicate-title = { $name } уже есть
duplicate-text = Совпадает: { $what }.
duplicate-open = Открыть

# Контакт
lead-clock = { $zone }, сейчас { $when }
lead-edit = Изменить
lead-remind = Поставить напоминание
lead-reminders = Напоминания вне плана
lead-delete = Удалить
lead-delete-title = Удалить контакт?
lead-delete-text = Открытые напоминания закончатся. Семь дней контакт лежит в корзине, и его можно вернуть вместе с ними.
lead-delete-confirm = Удалить контакт
lead-delete-keep = Оставить
lead-in-bin = В корзине
lead-in-bin-text = { $count ->
    [0] Последний день: потом его не вернуть.
    [one] Можно вернуть ещё { $count } день.
    [few] Можно вернуть ещё { $count } дня.
   *[other] Можно вернуть ещё { $count } дней.
}
lead-restore = Вернуть
lead-paused = Пришёл ответ, напоминания ждут
lead-paused-text = Ничего не придёт, пока вы не решите, как дальше: продолжить или начать новый план.
lead-resume = Продолжить
lead-gone-title = Этого контакта больше нет
lead-gone-text = Возможно, он удалён, или ссылка принадлежит кому-то другому.
did-set-status = { $name }: { $type ->
    [new] новый
    [reached_out] написали
    [in_progress] в работе
    [meeting_booked] встреча назначена
    [closed_won] успех
   *[closed_lost] потерян
}
did-end-reminders = { $what } · { $count ->
    [one] закончилось { $count } напоминание
    [few] закончились { $count } напоминания
   *[other] закончилось { $count } напоминаний
}
did-update-lead = Сохранено: { $name }
did-add-note = Заметка добавлена
did-delete-lead = Удалено: { $name }
did-resume-lead = Снова в работе: { $name }
did-restore-lead = Снова здесь: { $name }
did-restore-reminders = { $what } · { $count ->
    [one] и { $count } напоминание
    [few] и { $count } напоминания
   *[other] и { $count } напоминаний
}
status = Статус
status-note = { $count ->
    [one] «Успех» и «Потерян» закончат { $count } открытое напоминание. Его можно вернуть отменой.
    [few] «Успех» и «Потерян» закончат { $count } открытых напоминания. Их можно вернуть отменой.
   *[other] «Успех» и «Потерян» закончат { $count } открытых напоминаний. Их можно вернуть отменой.
}
contact = Связь
contact-kind = { $type ->
    [email] Почта
    [phone] Звонок
    [linkedin] LinkedIn
    [link] Сайт
   *[message] Написать
}
copy-what = Скопировать { $what }
add = Добавить
save = Сохранить
notes = Заметки
notes-none = Заметок пока нет.
notes-edit = Изменить заметки
note-add = Новая заметка
done-what = { $done }: { $what }
plan-progress = { $done } из { $count }
plan-steps = { $count ->
    [one] { $count } шаг
    [few] { $count } шага
   *[other] { $count } шагов
}
plan-none = Сейчас плана нет.
plan-change = Изменить план
plan-make = Составить план
plan-make-note = Всё, что поможет: как познакомились, что им нужно, о чём говорили.
plan-flight = Когда что придёт
plan-pace = Темп
plan-pace-name = { $type ->
    [fixed_dates] По датам
   *[after_previous] Один за другим
}
plan-pace-text = { $type ->
    [fixed_dates] У каждого шага дата с самого начала
   *[after_previous] Шаг получает дату, когда закончен предыдущий
}
plan-versions = Прежние версии
versions-none = План ещё не менялся.
versions-failed = Версии не загрузились. Закройте и попробуйте ещё раз.
version-reason = { $type ->
    [created] Как был составлен
    [edit_step] Шаг изменён
    [add_step] Шаг добавлен
    [remove_step] Шаг убран
    [move_step] Другой порядок
    [set_plan_pace] Другой темп
    [revert_plan] Возврат к версии
   *[undo] Отменено
}
version-revert = Вернуть эту
draft-plan = Предложенный план
draft-simulate = Когда что пришло бы
draft-start = Начать
draft-discard = Отклонить
draft-swap = Взять этот
draft-keep-old = Оставить прежний
compare = До и после
compare-kind = { $type ->
    [past] Уже было и остаётся:
    [kept] Остаётся:
    [changed] Меняется:
    [added] Новое:
   *[removed] Уходит:
}
compare-draft = другой текст
replan = Новый план
replan-news = Что нового?
replan-hint = Спросила цены, решит в ноябре
replan-note = Сначала вы увидите новый план рядом с прежним. До вашего согласия ничего не меняется, сделанное не повторяется.
replan-send = Предложить новый план
planning-title = План пишется
planning-text = Это несколько секунд. Окно можно закрыть: план появится здесь и в чате.
planning-refused = В этот раз плана не будет, в чате сказано почему. Закройте и попробуйте позже.
planning-leave = Закрыть
did-start-plan = План начат
did-start-plan-first = План начат · первый шаг { $when }
did-discard-plan = Отклонено
did-edit-plan = { $type ->
    [edit_step] Шаг изменён
    [add_step] Шаг добавлен
    [remove_step] Шаг убран
    [move_step] Порядок изменён
    [set_plan_pace] Темп изменён
   *[revert_plan] Прежняя версия вернулась
}
step-number = Шаг { $count }
step-waits = После предыдущего шага
step-state = { $type ->
    [done] Сделано
    [skipped] Пропущено
    [cancelled] Отменено
    [failed] Telegram не смог доставить
   *[open] Открыт
}
step-move = Перенести
step-edit = Изменить шаг
step-add = Добавить шаг
step-add-after = Добавить шаг после этого
step-earlier = Раньше в плане
step-later = Позже в плане
step-remove = Убрать шаг
step-what = Что сделать
step-channel = Как
step-day = День плана
step-day-hint = От начала плана; 0 значит сразу.
step-draft = Черновик
step-needs-words = Опишите в нескольких словах, что сделать.
step-invitation-long = Приглашение в LinkedIn короче 200 знаков. Сократите текст или выберите другой канал.
step-day-wrong = День: целое число от 0 до 365.
step-type = { $type ->
    [linkedin_like] LinkedIn: отметка
    [linkedin_comment] LinkedIn: комментарий
    [linkedin_connect] LinkedIn: приглашение
    [linkedin_dm] LinkedIn: сообщение
    [email_outreach] Письмо
    [call] Звонок
    [mutual_intro] Знакомство
    [followup_message] Сообщение
    [meeting_request] Встреча
   *[other] Другое
}
trigger = { $type ->
    [manual] начали вы
    [interested_reply] раньше из-за ответа
    [pdf_download] раньше из-за скачивания
   *[wizard_step3] раньше из-за заполненной формы
}
trigger-cadence = после шага { $count }
trigger-other = раньше: { $what }
activity = История
activity-all = Показать всё
activity-undone = { $what } (отменено)
activity-line = { $type ->
    [create_lead] Контакт добавлен
    [set_lead_status] Статус: { $name }
    [update_lead] Контакт изменён
    [add_note] Добавлена заметка
    [delete_lead] Удалён
    [restore_lead] Возвращён
    [pause_lead] Ответ: напоминания ждут
    [resume_lead] Снова в работе
    [propose_plan] Предложен план
    [request_plan] Заказан план
    [accept_plan] План начат
    [replan] { $count ->
        [one] Закончен { $count } шаг прежнего плана
        [few] Закончены { $count } шага прежнего плана
       *[other] Закончено { $count } шагов прежнего плана
    }
    [discard_plan] План отклонён
    [edit_step] Шаг изменён
    [add_step] Шаг добавлен
    [remove_step] Шаг убран
    [move_step] Изменён порядок шагов
    [set_plan_pace] Изменён темп
    [revert_plan] Возврат к прежней версии плана
    [complete] Сделано
    [completed] Сделано
    [skip] Пропущено
    [skipped] Пропущено
    [cancel] Отменено
    [cancelled] Отменено
    [snooze] Отложено: { $when }
    [reschedule] Перенесено: { $when }
    [rebase] { $count ->
        [one] Перенесён { $count } шаг
        [few] Перенесены { $count } шага
       *[other] Перенесено { $count } шагов
    }
    [shift] { $count ->
        [one] За ним сдвинулся { $count } шаг
        [few] За ним сдвинулись { $count } шага
       *[other] За ним сдвинулось { $count } шагов
    }
    [settings] Сдвиг под новые часы
    [create] Напоминание: { $when }
    [promote] Подошла очередь шага
    [sent] { $count ->
        [1] Напомнили
        [2] Напомнили второй раз
        [3] Напомнили третий раз
       *[other] Напомнили, раз { $count }
    }
    [close_lead] { $count ->
        [1] Напоминание закончилось
        [one] Закончилось { $count } напоминание
        [few] Закончились { $count } напоминания
       *[other] Закончилось { $count } напоминаний
    }
   *[other] Изменено
}

# Перенос шага
rebase-title = Сдвинуть остальной план?
rebase-title-last = Перенести этот шаг?
rebase-from-to = { $name }: { $from } → { $to }
rebase-how = Как сдвигаются следующие шаги
rebase-mode = { $type ->
    [keep_gaps] Сохранить промежутки
    [keep_dates] Сохранить даты
   *[squeeze] Сжать
}
rebase-ends = конец { $when }
rebase-text-gaps = Следующие шаги держат расстояние
rebase-text-gaps-days = { $count ->
    [0] Дни следующих шагов не меняются
    [one] Все следующие шаги позже на { $count } день
    [few] Все следующие шаги позже на { $count } дня
   *[other] Все следующие шаги позже на { $count } дней
}
rebase-text-gaps-earlier = { $count ->
    [one] Все следующие шаги раньше на { $count } день
    [few] Все следующие шаги раньше на { $count } дня
   *[other] Все следующие шаги раньше на { $count } дней
}
rebase-text-dates = { $count ->
    [0] Другие шаги не двигаются
    [one] Двигается только { $count } шаг
    [few] За ним сдвинутся { $count } шага
   *[other] За ним сдвинутся { $count } шагов
}
rebase-text-dates-one = Двигается только «{ $name }»: { $when }
rebase-text-squeeze = Промежутки короче, последний день тот же
rebase-chart = { $count ->
    [one] { $count } шаг до и после.
    [few] { $count } шага до и после.
   *[other] { $count } шагов до и после.
}
rebase-step = Шаг
rebase-before = Было
rebase-after = Станет
rebase-to = станет
rebase-note = Порядок не меняется. Время: { $zone }.
rebase-note-clock = Порядок не меняется. Все в { $when }, время: { $zone }.
rebase-limited = Раньше предыдущего шага нельзя.
rebase-move = { $count ->
    [0] Ничего не двигается
    [one] Перенести { $count } шаг
    [few] Перенести { $count } шага
   *[other] Перенести { $count } шагов
}
rebase-failed = План не загрузился. Закройте и попробуйте ещё раз.
rebase-gone = Этот шаг уже не открыт.
did-rebase = { $count ->
    [one] Перенесён { $count } шаг
    [few] Перенесены { $count } шага
   *[other] Перенесено { $count } шагов
}
move-weeks = { $count ->
    [one] Через { $count } неделю
    [few] Через { $count } недели
   *[other] Через { $count } недель
}
move-to = Перенести на { $when }
move-quiet = Это тихие часы или выходной. Напоминание всё равно придёт, потому что время выбрали вы.

# Полётный симулятор
flight-title = { $count ->
    [one] Следующий { $count } день
    [few] Следующие { $count } дня
   *[other] Следующие { $count } дней
}
flight-span = { $count ->
    [one] { $count } сообщение: { $from }.
    [few] { $count } сообщения: { $from } – { $to }.
   *[other] { $count } сообщений: { $from } – { $to }.
}
flight-shifted = { $count ->
    [0] Без сдвигов,
    [one] { $count } со сдвигом,
   *[other] { $count } со сдвигом,
}
flight-meeting = { $count ->
    [0] без совпадений.
    [one] { $count } рядом с другим напоминанием.
   *[other] { $count } рядом с другими напоминаниями.
}
flight-none = Из этого плана больше ничего не придёт.
flight-grid-label = Дней: { $count }, сообщений: { $done }, ночей с переводом часов: { $what }, выходных: { $to }.
flight-hours-label = Часы вашего дня. Тихо с { $from } до { $to }.
flight-moved = { $from } → { $to }
flight-legend = { $type ->
    [message] Сообщение
    [clocks] Перевод часов
   *[off] Выходной
}
flight-your-time = Ваше время, { $zone }
flight-their-time = Их время, { $zone }
flight-shift-quiet_hours = { $when }: ваши тихие часы
flight-shift-day_off = { $when }: выходной
flight-shift-clock_change = В эту ночь часы перепрыгивают обычное время
flight-shift-spacing = Через четверть часа после предыдущего шага
flight-shift-paused = { $when }: ваша пауза
flight-collides = Рядом: { $name }
flight-night-there = { $when }: там не время для звонка
flight-clocks = { $when }, { $from } становится { $to }: { $zone }.
flight-same-clock = С этого дня время совпадает: { $zone }.
flight-ahead = { $count ->
    [one] С этого дня впереди вас на { $what } час: { $zone }.
    [few] С этого дня впереди вас на { $what } часа: { $zone }.
   *[other] С этого дня впереди вас на { $what } часов: { $zone }.
}
flight-behind = { $count ->
    [one] С этого дня позади вас на { $what } час: { $zone }.
    [few] С этого дня позади вас на { $what } часа: { $zone }.
   *[other] С этого дня позади вас на { $what } часов: { $zone }.
}
flight-beyond = Более поздние сообщения есть в списке, но не на рисунке.
flight-pace = Каждый шаг ждёт, пока закончен предыдущий. Даты верны, если каждый шаг сделан в свой день.
flight-start = Начать этот план
flight-change = Изменить

# Новое напоминание
new-what = Что и когда?
new-example = Позвонить Анне завтра в 9
new-hint = Своими словами. Как это понято, видно ниже, до сохранения.
new-understood = Как это понято
new-when = { $date }, { $time } · время: { $zone }
new-what-for = А о чём?
new-create = Напомнить
new-did = Напоминание поставлено: { $when }
new-away = Без связи слова прочитать нельзя. Выберите время ниже.
new-pick-when = Или выберите время
new-for = Для кого
new-for-me = Для себя
new-lead-gone = Этот контакт закрыт или его больше нет. Напоминание будет для вас.
repeat-not = Приходит один раз
repeat-unread = Не удалось прочитать
repeat-next-times = Ближайшие
repeat-then = И снова { $when }.
repeat-paused = На паузе. Не придёт, пока не возобновите.
repeat-ended = Закончено. Больше не придёт.
repeat-skip = Пропустить этот раз
repeat-change = Изменить все разы
repeat-pause = Пауза
repeat-resume = Возобновить
repeat-end = Закончить
repeat-new-times = Когда теперь?
repeat-example = Каждый понедельник в 9
repeat-once = Это один раз. Скажите то, что повторяется: «каждый понедельник в 9».
repeat-away = Без связи слова не прочитать.
repeat-save = Сохранить для всех
repeat-did-create = Готово: будет повторяться
repeat-did-change = Изменено для всех раз начиная с этого
repeat-did-pause = На паузе
repeat-did-resume = Снова приходит
repeat-did-end = Закончено
new-range = Придёт в начале этого времени.
new-suggested = Это догадка. Проверьте, то ли вы имели в виду.
new-kept = Это вне ваших обычных часов. Оно всё равно придёт: вы так сказали.
new-arrives = Это вне ваших обычных часов. Оно придёт { $when }.
new-refused-empty = Когда? Например, «{ $hint }».
new-refused-not_understood = Когда? Например, «{ $hint }».
new-refused-too_long = Слишком длинно, чтобы найти время. Выберите его ниже.
new-refused-partial = «{ $part }» не совсем понятно. Попробуйте «{ $hint }».
new-refused-vague = «{ $part }» не называет момента. Попробуйте «{ $hint }».
new-refused-ambiguous = «{ $part }» можно понять двояко. Как правильно?
new-refused-contradiction = «{ $part }» не сходится. Попробуйте «{ $hint }».
new-refused-no_such_time = «{ $part }» не бывает. Попробуйте «{ $hint }».
new-refused-past = «{ $part }» уже прошло. Попробуйте «{ $hint }».
new-refused-too_far = «{ $part }» слишком далеко. Выберите момент в пределах трёх лет.
new-refused-zone_named = Время читается по вашим часам. Уберите пояс.
new-refused-recurring = «{ $part }» повторяется, а здесь нужен один раз. Попробуйте «{ $hint }».
new-refused-too_often = «{ $part }» чаще раза в день. Попробуйте «{ $hint }».

# Настройки.
settings-when = Когда
settings-when-note = Шаги планов приходят в привычный час, по рабочим дням, вне тихих часов. Время, которое вы выбрали сами, не меняется.
settings-how = Сколько
settings-how-note = Во время паузы ничего не приходит. Накопившееся придёт потом, сначала самое старое.
settings-saved = Сохранено
settings-moved = { $what } · { $count ->
    [one] сдвинут { $count } шаг
    [few] сдвинуты { $count } шага
   *[many] сдвинуто { $count } шагов
}
zone = Часовой пояс
zone-text = По этим часам всё время здесь и в чате.
zone-search = Город или сдвиг: Лиссабон, UTC+3
zone-none = Такого пояса нет. Попробуйте ближайший крупный город.
zone-differs = На телефоне другое время: { $zone }
zone-follows = Напоминания идут по времени: { $zone }, { $offset }.
zone-use = Перейти: { $zone }
zone-stay = Оставить: { $zone }
zone-taken = Теперь напоминания идут по времени: { $zone }
usual-hour = Привычный час
usual-hour-note = В это время приходят шаги, у которых есть только дата.
quiet-hours = Тихие часы
quiet-hours-note = В эти часы ничего не приходит; придёт, когда они кончатся.
quiet-from = С
quiet-to = До
quiet-never = Без тихих часов
quiet-all-day = Хотя бы один час в сутках не должен быть тихим.
from-to = с { $from } до { $to }
working-days = Рабочие дни
every-day = Каждый день
none = Нет
off = Выключена
time-missing = Выберите время.
digest = Утренняя сводка
digest-at = Время сводки
digest-note = Одно сообщение утром о том, что ждёт сегодня.
pause = Пауза до
pause-text = До этого времени ничего не приходит. Накопившееся придёт потом, сначала самое старое.
pause-tomorrow = Завтра
pause-3-days = Через 3 дня
pause-week = Через неделю
pause-2-weeks = Через две недели
pause-until = Пауза до: { $when }
pause-saved = Пауза до: { $when }
pause-over = Продолжаем
paused-title = Пауза до: { $when }
paused-text = До этого времени ничего не приходит. Здесь можно продолжать.
resume-now = Продолжить сейчас
language = Язык
my-data = Мои данные
export = Выгрузить
export-formats = CSV, JSON, календарь
export-text = Контакты, планы, напоминания и история одним файлом.
export-way = Куда
export-to-chat = В чат
export-download = Скачать
export-csv = Таблица (CSV)
export-json = Всё (JSON)
export-ics = Календарь (ICS)
exported-chat = Файл в чате
exported-download = Скачано
export-failed = Файл не получился. Попробуйте чуть позже.
one-moment = Минуту
delete = Удалить мои данные
delete-text = Все контакты, планы, напоминания, заметки и настройки удаляются сразу, здесь и в чате. Вернуть их нельзя. Если они могут понадобиться, сначала выгрузите их.
delete-type = Чтобы продолжить, введите { $word }
delete-word = УДАЛИТЬ
delete-confirm = Удалить всё
delete-keep = Оставить мои данные
delete-failed = Ничего не удалено: сервер не ответил. Попробуйте снова.
deleted-title = Всё удалено
deleted-text = Nudge больше ничего о вас не знает. Захотите начать снова: нажмите «Старт» в чате.
privacy = Ваши контакты видите только вы. Планы может писать языковая модель: она получает то, что вы написали о контакте, и больше ничего. Удаление стирает всё сразу.

# Почему сейчас?
why-due = Было назначено на { $when }.
why-coming = Придёт { $when }.
why-got-it = Понятно
why-hours = Мои часы
why-loading = Смотрим
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
why-failed = История не загрузилась. Здесь то, что известно из самого напоминания.

# Задачи команды.
team = Ваша команда
jobs = Задачи
jobs-note = Что работает в фоне и всё ли в порядке.
jobs-which = Какие задачи
jobs-open = Работают
jobs-ended = Завершены
jobs-trouble = Стоит взглянуть
jobs-planned = По расписанию
jobs-loops = Работают всегда
jobs-none-open = Задач нет
jobs-none-open-text = В фоне вашей команды ничего не работает.
jobs-none-ended = Ничего не завершено
jobs-none-ended-text = Здесь будут выполненные и отменённые задачи.
job-name-sweep = Возврат прерванных отправок
job-name-retention = Удаление старых записей
job-name-watchdog = Надзор за всем
job-name-recurring = Повторяющиеся напоминания
job-name-digests = Утренние сводки
job-name-loop-dispatch = Отправка напоминаний
job-name-loop-promotion = Продвижение следующих шагов
job-name-loop-planning = Составление планов
job-name-loop-jobs = Выполнение задач
job-next = Следующий запуск
job-last-run = Последний запуск: { $how }
job-state = Состояние
job-state-next = следующий запуск { $when }
job-state-loop-alive = работает, последний признак жизни { $ago } назад
job-state-loop-silent = нет признаков жизни уже { $ago }
job-state-loop-unheard = признаков жизни ещё не было
job-state-paused = на паузе
job-state-waits-for-event = запускается по своему событию
job-state-under-way = выполняется
job-state-completed = завершена
job-state-failed = окончательно не удалась
job-state-cancelled = отменена насовсем
job-run-pending = ждёт
job-run-running = идёт
job-run-success = готово
job-run-failed = не удалось
job-run-timeout = слишком долго
job-run-cancelled = остановлено
job-run-skipped = пропущено
job-facts = Об этой задаче
job-schedule = Расписание
job-zone = по времени { $zone }
job-went-well = Удачных запусков
job-of = { $successes } из { $executions }
job-takes = Обычно занимает { $average }
job-takes-most = 19 из 20 запусков заняли не больше { $p95 }. На рисунке последние: { $count }.
job-runs = Последние запуски
job-runs-none = Запусков ещё не было.
job-took = заняло { $took }
job-attempts = попыток: { $count }
job-log = Журнал
job-log-empty = Записей в журнале нет.
job-log-failed = Журнал не загрузился.
job-run-now = Запустить сейчас
job-pause = Пауза
job-resume = Продолжить
job-retry = Попробовать ещё раз
job-did-run = Запущено
job-did-pause = На паузе
job-did-resume = Снова работает
job-did-retry = Пробую ещё раз
job-resident = Работает всегда, поставить на паузу нельзя.
job-members-look = Запускать, ставить на паузу и продолжать могут владельцы и администраторы команды.
job-gone = Этой задачи больше нет
job-gone-text = Её удалили, или она принадлежит другой команде.
