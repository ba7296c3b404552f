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
own-reminder = Ваше напоминание

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
stale-text = Данные на { $when }. Мы пробуем снова.
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
refused-VERSION_NOT_FOUND = Эта версия плана больше не хранится.
refused-ACTION_ID_INVALID = Не удалось сохранить. Загрузите страницу снова.
refused-ACTION_ID_REUSED = Это уже сохранено как другое действие. Загрузите страницу снова.
refused-ACTION_NOT_FOUND = Возвращать больше нечего.
refused-CLAIM_SIZE = Отсюда это невозможно.
refused-DELAYS_DECREASE = Шаг не может идти раньше предыдущего.
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
calendar-stale = Это последние прочитанные напоминания. Попытка повторится сама.

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
