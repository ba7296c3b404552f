import { Icon } from '../../ui/icons.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { useTexts } from '../../texts/texts.ts';
import { useIsMember } from '../jobs/read-jobs.ts';

/** The way to the jobs of a team, for its members alone. */
export function TeamGroup() {
  const say = useTexts();
  const { go } = useNavigation();
  if (!useIsMember()) return null;
  return (
    <section className="group" aria-labelledby="settings-team">
      <h2 className="group__title" id="settings-team">
        {say('team')}
      </h2>
      <div className="list">
        <button
          type="button"
          className="row row--set"
          onClick={() => {
            go('/jobs');
          }}
        >
          <span className="row__main row__plain">{say('jobs')}</span>
          <span className="chev">
            <Icon name="right" size="s" />
          </span>
        </button>
      </div>
      <p className="group__note">{say('jobs-note')}</p>
    </section>
  );
}
