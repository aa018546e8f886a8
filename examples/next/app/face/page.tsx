import { redirect } from 'next/navigation';
import { ask, isName } from '../accounts';
import { FaceForm } from './FaceForm';

/** A server component: it makes the challenge. The tag stands in its HTML, and comes to life in the browser. */
export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { name, purpose } = await searchParams;
  if (!isName(name)) redirect('/');
  const question = await ask(purpose === 'enroll' ? 'enroll' : 'login', name);
  if (!question) {
    return (
      <main>
        <h1>That account exists</h1>
        <a href="/">Start page</a>
      </main>
    );
  }
  return (
    <main>
      <h1>{question.purpose === 'enroll' ? `Create the account ${name}` : `Sign in as ${name}`}</h1>
      <FaceForm {...question} />
    </main>
  );
}
